-- One user, one paid checkout with points, credits and two vouchers of which both are redeemed, all as the services write it.
insert into auth.users (id, aud, role, email, raw_app_meta_data, created_at)
values ('00000000-0000-4000-8000-000000000001', 'authenticated', 'authenticated', 'ada@example.com', '{"provider": "quittance"}', now());
insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence)
values ('00000000-0000-4000-8000-000000000001', 'cus_1', 'session');
insert into provisioning.resolved_sessions (stripe_account, session_id, user_id, stripe_customer_id, is_paid)
values ('', 'cs_1', '00000000-0000-4000-8000-000000000001', 'cus_1', true);
insert into provisioning.accounts (user_id, account_number, expiry)
values ('00000000-0000-4000-8000-000000000001', '4111111111111111', '2026-03-03T00:00:00Z');

insert into billing.identities (checkout_session_id, user_id, account_number)
values ('cs_1', '00000000-0000-4000-8000-000000000001', '4111111111111111');
insert into billing.payment_intents (payment_intent_id, status, amount_minor, amount_received_minor, currency, created_at,
    version_rank, version_at, version_step, version_event)
values ('pi_1', 'succeeded', 1050, 1050, 'EUR', now(), 1, now(), 1, 'evt_1');
insert into billing.charges (charge_id, payment_intent_id, status, paid, captured, amount_minor, amount_captured_minor, currency,
    created_at, version_rank, version_at, version_step, version_event)
values ('ch_1', 'pi_1', 'succeeded', true, true, 1050, 1050, 'EUR', now(), 1, now(), 1, 'evt_2');
insert into billing.checkout_sessions (checkout_session_id, mode, status, payment_status, payment_intent_id, amount_minor, currency,
    created_at, version_rank, version_at, version_step, version_event)
values ('cs_1', 'payment', 'complete', 'paid', 'pi_1', 1050, 'EUR', now(), 1, now(), 1, 'evt_3');
insert into billing.settlements (anchor, checkout_session_id, payment_intent_id, user_id, account_number, amount_minor, currency,
    points, credits, vouchers, occurred_at)
values ('pi_1', 'cs_1', 'pi_1', '00000000-0000-4000-8000-000000000001', '4111111111111111', 1050, 'EUR', 500, 20, 2, now());

insert into billing.ledger_accounts (account_id, name, kind, unit, user_id) overriding system value values
    (1, 'stripe_clearing:EUR', 'house', 'EUR', null),
    (2, 'revenue:EUR', 'house', 'EUR', null),
    (3, 'points_issued', 'house', 'points', null),
    (4, 'credits_issued', 'house', 'credits', null),
    (5, 'user:00000000-0000-4000-8000-000000000001:points', 'user', 'points', '00000000-0000-4000-8000-000000000001'),
    (6, 'user:00000000-0000-4000-8000-000000000001:credits', 'user', 'credits', '00000000-0000-4000-8000-000000000001'),
    (7, 'day_issued', 'house', 'day', null),
    (8, 'day_vouchers', 'house', 'day', null),
    (9, 'day_given', 'house', 'day', null);
insert into billing.journal_entries (entry_id, business_key, rule, event_id, occurred_at) overriding system value values
    (1, 'charge:ch_1:gross', 'charge_gross', 'evt_2', now()),
    (2, 'grant:pi_1:points', 'grant', 'evt_3', now()),
    (3, 'grant:pi_1:credits', 'grant', 'evt_3', now()),
    (4, 'day:issued:00000000-0000-4000-8000-00000000000a', 'day_issued', 'e3', now()),
    (5, 'day:issued:00000000-0000-4000-8000-00000000000b', 'day_issued', 'e4', now()),
    (6, 'day:redeemed:00000000-0000-4000-8000-00000000000a', 'day_redeemed', 'e5', now()),
    (7, 'day:redeemed:00000000-0000-4000-8000-00000000000b', 'day_redeemed', 'e6', now());
insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit) values
    (1, 0, 1, 3, 'debit', 1050, 'EUR'), (1, 1, 2, 3, 'credit', 1050, 'EUR'),
    (2, 0, 3, 0, 'debit', 500, 'points'), (2, 1, 5, 0, 'credit', 500, 'points'),
    (3, 0, 4, 0, 'debit', 20, 'credits'), (3, 1, 6, 0, 'credit', 20, 'credits'),
    (4, 0, 7, 0, 'debit', 30, 'day'), (4, 1, 8, 0, 'credit', 30, 'day'),
    (5, 0, 7, 0, 'debit', 30, 'day'), (5, 1, 8, 0, 'credit', 30, 'day'),
    (6, 0, 8, 0, 'debit', 30, 'day'), (6, 1, 9, 0, 'credit', 30, 'day'),
    (7, 0, 8, 0, 'debit', 30, 'day'), (7, 1, 9, 0, 'credit', 30, 'day');
insert into billing.balances (account_id, shard, floored, debits, credits, version) values
    (1, 3, false, 1050, 0, 1), (2, 3, false, 0, 1050, 1), (3, 0, false, 500, 0, 1), (4, 0, false, 20, 0, 1),
    (5, 0, true, 0, 500, 1), (6, 0, true, 0, 20, 1),
    (7, 0, false, 60, 0, 2), (8, 0, false, 60, 60, 4), (9, 0, false, 0, 60, 2);

insert into voucher.account_holders (user_id, account_number, told_at)
values ('00000000-0000-4000-8000-000000000001', '4111111111111111', now());
insert into voucher.vouchers (id, code_hash, code_key_id, last_four, sealed_code, duration_months, owner_user_id, payment_intent_id,
    anchor, unit, updated_by)
values ('00000000-0000-4000-8000-00000000000a', decode(repeat('aa', 32), 'hex'), 'k1', 'AAAA', null, 1,
        '00000000-0000-4000-8000-000000000001', 'pi_1', 'pi_1', 1, 'evt_4'),
       ('00000000-0000-4000-8000-00000000000b', decode(repeat('bb', 32), 'hex'), 'k1', 'BBBB', null, 1,
        '00000000-0000-4000-8000-000000000001', 'pi_1', 'pi_1', 2, 'evt_4');
update voucher.vouchers set status = 'redeemed', is_used = true, used_at = now(), associated_account = '4111111111111111';
insert into voucher.voucher_audit (voucher_id, action, actor, cause, recorded_at)
select id, 'issued', 'issue', anchor, created_at from voucher.vouchers;
insert into voucher.voucher_redemptions (voucher_id, account_number, redeemed_by, redeemed_at) values
    ('00000000-0000-4000-8000-00000000000a', '4111111111111111', '00000000-0000-4000-8000-000000000001', '2026-01-03T00:00:00Z'),
    ('00000000-0000-4000-8000-00000000000b', '4111111111111111', '00000000-0000-4000-8000-000000000001', '2026-01-03T00:00:00Z');
insert into provisioning.account_extensions (business_key, account_number, user_id, voucher_id, months, days, previous_expiry,
    new_expiry, cause_event_id, recorded_at, starts_at)
values ('expiry:00000000-0000-4000-8000-00000000000a', '4111111111111111', '00000000-0000-4000-8000-000000000001',
        '00000000-0000-4000-8000-00000000000a', 1, 0, null, '2026-02-03T00:00:00Z', 'e1', '2026-01-03T00:00:01Z', '2026-01-03T00:00:00Z'),
       ('expiry:00000000-0000-4000-8000-00000000000b', '4111111111111111', '00000000-0000-4000-8000-000000000001',
        '00000000-0000-4000-8000-00000000000b', 1, 0, '2026-02-03T00:00:00Z', '2026-03-03T00:00:00Z', 'e2', '2026-01-03T00:00:01Z', '2026-01-03T00:00:01Z');
