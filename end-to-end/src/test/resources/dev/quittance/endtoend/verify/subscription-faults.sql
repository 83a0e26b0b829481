-- what stands of a subscription is what Stripe told of it in one of its events | /sub_1 stands by evt_none
insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id)
values ('', 'sub_1', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_none');

-- a subscription is paid for as far as its paid invoices reach | /sub_1 is paid until nothing
insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id)
values ('', 'sub_1', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_1');
insert into provisioning.subscription_invoices (stripe_account, invoice_id, subscription_id, paid_at, period_start, period_end)
values ('', 'in_1', 'sub_1', now(), now(), now() + interval '1 month');

-- access has a reason, and an end only while it is given | 4111111111111111 is refused until
insert into provisioning.account_access (account_number, granted, until, reasons, revision)
values ('4111111111111111', false, now(), '{expired}', 1);

-- voucher has heard of every subscription what provisioning told of it last | /sub_1 was told as 3 and is known as nothing
insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id, told, revision)
values ('', 'sub_1', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_1', 'active', 3);

-- access that may have ended with time is looked at within ten minutes | 4111111111111111 since
insert into provisioning.account_access (account_number, granted, until, reasons, revision, review_at)
values ('4111111111111111', true, now(), '{paid}', 1, now() - interval '11 minutes');

-- nobody pays for two live subscriptions | has /sub_1, /sub_2
insert into provisioning.subscription_states
    (stripe_account, event_id, subscription_id, status, progress, stated_at, is_update, snapshot)
values ('', 'evt_s1', 'sub_1', 'active', 1, 1, 0, '{}'), ('', 'evt_s2', 'sub_2', 'active', 1, 1, 0, '{}');
insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id)
values ('', 'sub_1', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_s1'),
       ('', 'sub_2', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_s2');

-- no invoice waits for lines that are here | evt_i9
insert into provisioning.invoice_lines (stripe_account, invoice_id, lines, outcome) values ('', 'in_9', '[]', 'done');
insert into provisioning.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason)
values ('provisioning-service', '', 'evt_i9', 'invoice.paid', 'stripe.events.v1', '\x00', '\x00', 'lines:/in_9', 'needs-lines');

-- no customer waits for an e-mail that is known | evt_c9
insert into provisioning.contact_hints (stripe_account, reference, place, email, as_of)
values ('', 'cus_9', 'charge', 'known@example.com', '.:000000000001:0:evt_h9');
insert into provisioning.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason)
values ('provisioning-service', '', 'evt_c9', 'customer.created', 'stripe.events.v1', '\x00', '\x00', 'customer:/cus_9', 'needs-identity');
