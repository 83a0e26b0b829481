-- every journal entry sums to zero in each of its units | charge:ch_1:gross is off by 1 EUR
update billing.entry_lines set amount = amount + 1 where entry_id = 1 and line = 0;

-- every journal entry has at least two lines | charge:ch_1:gross has 1
delete from billing.entry_lines where entry_id = 1 and line = 0;

-- every line belongs to an entry and to an account of its unit | entry 1 line 0 is in EUR, its account in USD
update billing.ledger_accounts set unit = 'USD' where account_id = 1;

-- every unit sums to zero over the whole journal | points is off by -499
update billing.entry_lines set amount = 1 where entry_id = 2 and line = 0;

-- every balance is the sum of its lines and its version their count | stripe_clearing:EUR shard 3: balance 1050/0 version 2, lines 1050/0 count 1
update billing.balances set version = 2 where account_id = 1;

-- no user's account is below zero | user:00000000-0000-4000-8000-000000000001:points stands at -500
update billing.entry_lines set direction = case direction when 'debit' then 'credit' else 'debit' end where entry_id = 2;

-- nothing is booked twice under one business key | charge:ch_1:gross 2 times
alter table billing.journal_entries drop constraint journal_entries_business_key_once;
insert into billing.journal_entries (entry_id, business_key, rule, event_id, occurred_at) overriding system value
select 99, business_key, rule, event_id, occurred_at from billing.journal_entries where entry_id = 1;

-- every account of a user is of a user with a profile, and named after them | user:00000000-0000-4000-8000-000000000001:points
update billing.ledger_accounts set user_id = '00000000-0000-4000-8000-000000000002' where account_id = 5;

-- every charge whose money moved is booked, and no other | charge:ch_1:gross is not booked
delete from billing.journal_entries where entry_id = 1;

-- every spend that was granted is booked as it was asked, and no other is | spend:00000000-0000-4000-8000-0000000000ff is not booked
insert into billing.spends (user_id, idempotency_key, spend_id, unit, amount, outcome, balance)
values ('00000000-0000-4000-8000-000000000001', 'k', '00000000-0000-4000-8000-0000000000ff', 'points', 5, 'booked', 495);

-- every settlement's grants are booked for its user, and no other grant is | grant:pi_1:points is booked as 500
update billing.settlements set points = 600;

-- every settlement of a session has it paid, and every session at most one settlement | pi_1 has an unpaid session
update billing.checkout_sessions set payment_status = 'unpaid';

-- every settlement with a payment has that payment's money | pi_1 has no succeeded payment
update billing.charges set paid = false;
update billing.payment_intents set status = 'canceled';

-- every settlement's account is its user's | pi_1 names account 4000000000000002
update billing.settlements set account_number = '4000000000000002';

-- every voucher has a settlement of its owner that bought it | of pi_1 unit 1 has no settlement
delete from billing.settlements;

-- every unit of a purchase has one voucher | pi_1 unit 1 has 2
alter table voucher.vouchers drop constraint vouchers_one_per_unit;
update voucher.vouchers set unit = 1;

-- every voucher that was bought is there | pi_1 has 1 of 2
delete from voucher.vouchers where unit = 2;

-- a voucher is used exactly when it has a redemption, for the same account | voucher 00000000-0000-4000-8000-00000000000a is redeemed without a redemption
delete from voucher.voucher_redemptions where voucher_id = '00000000-0000-4000-8000-00000000000a';

-- every extension has the redemption that caused it, with its account and its term | expiry:00000000-0000-4000-8000-00000000000a has another term
update voucher.vouchers set duration_months = 2 where unit = 1;

-- every redemption has moved its account's expiry, once | voucher 00000000-0000-4000-8000-00000000000b moved account 4111111111111111 0 times
delete from provisioning.account_extensions where voucher_id = '00000000-0000-4000-8000-00000000000b';

-- an account's extensions follow each other | expiry:00000000-0000-4000-8000-00000000000b starts at 2026-02-04
update provisioning.account_extensions set previous_expiry = '2026-02-04T00:00:00Z'
where voucher_id = '00000000-0000-4000-8000-00000000000b';

-- an extension adds its term to the expiry, or to the moment from which it counts when that was past | expiry:00000000-0000-4000-8000-00000000000b ends at 2026-04-03
update provisioning.account_extensions set new_expiry = '2026-04-03T00:00:00Z'
where voucher_id = '00000000-0000-4000-8000-00000000000b';

-- what is taken from an account never takes more than there was after the moment | takeback:1 takes down to 2026-01-01
insert into provisioning.account_extensions (business_key, kind, account_number, user_id, months, days, target, starts_at,
    previous_expiry, new_expiry, cause_event_id)
values ('takeback:1', 'take', '4111111111111111', '00000000-0000-4000-8000-000000000001', 0, 0, 'expiry:1',
        '2026-02-03T00:00:00Z', '2026-03-03T00:00:00Z', '2026-01-01T00:00:00Z', 'e3');

-- time that was taken was given before, and time that was given back was taken before | takeback:2 has nothing to undo
insert into provisioning.account_extensions (business_key, kind, account_number, user_id, voucher_id, months, days, target,
    starts_at, previous_expiry, new_expiry, cause_event_id)
values ('takeback:2', 'take', '4111111111111111', '00000000-0000-4000-8000-000000000001',
        '00000000-0000-4000-8000-00000000000f', 0, 0, 'expiry:2', '2026-02-03T00:00:00Z', '2026-03-03T00:00:00Z',
        '2026-02-10T00:00:00Z', 'e3');

-- an account's expiry is where its last extension ends | 4111111111111111 expires at no time
update provisioning.accounts set expiry = null;

-- every auth user has one profile, and every profile an auth user | 00000000-0000-4000-8000-000000000001 has no profile
delete from provisioning.users;

-- every customer link has one user, and no customer has two | /cus_1 has no user
update provisioning.stripe_customers set user_id = '00000000-0000-4000-8000-000000000002';

-- no user has two primary customers in one Stripe account | 00000000-0000-4000-8000-000000000001 has 2
drop index provisioning.stripe_customers_one_primary;
insert into provisioning.stripe_customers (user_id, stripe_customer_id, evidence)
values ('00000000-0000-4000-8000-000000000001', 'cus_2', 'session');

-- every account has one user, and no user two accounts | 4111111111111111 shares its user
alter table provisioning.accounts drop constraint accounts_user_id_key;
insert into provisioning.accounts (user_id, account_number)
values ('00000000-0000-4000-8000-000000000001', '4000000000000002');

-- every user who bought has an account | 00000000-0000-4000-8000-000000000001 has none
delete from provisioning.accounts;

-- account numbers are unique, and their check digits right | 4111111111111112
update provisioning.accounts set account_number = '4111111111111112';

-- billing knows the buyer of a session as provisioning resolved it | cs_1
delete from provisioning.resolved_sessions;

-- billing knows the buyer of every session that provisioning resolved | cs_1
delete from billing.identities;

-- whose account voucher knows, provisioning knows | 00000000-0000-4000-8000-000000000001
update provisioning.accounts set account_number = '4000000000000002';

-- every outbox is empty | billing holds 1
insert into billing.outbox (event_id, topic, record_key, event_type, payload, occurred_at)
values (gen_random_uuid(), 'billing.events.v1', 'k', 'PaymentSettled', '\x00', now());

-- every parked event is claimed, so that its repetition is known | voucher evt_9
insert into voucher.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason)
values ('voucher-service', '', 'evt_9', 'PaymentSettled', 'billing.events.v1', '\x00', '\x00', 'operator:x', 'X');

-- nothing is parked for longer than ten minutes | billing charge.succeeded evt_8 waits for identity:/cs_2 (IDENTITY_UNKNOWN)
insert into billing.inbox (consumer_group, account, event_id, event_type, body_sha256, outcome)
values ('billing-ledger', '', 'evt_8', 'charge.succeeded', '\x00', 'applied');
insert into billing.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason, recorded_at)
values ('billing-ledger', '', 'evt_8', 'charge.succeeded', 'stripe.events.v1', '\x00', '\x00', 'identity:/cs_2', 'IDENTITY_UNKNOWN',
        now() - interval '11 minutes');

-- nothing waits for an operator | billing charge.succeeded evt_7 waits for operator:pi_2 (SESSION_GONE)
insert into billing.inbox (consumer_group, account, event_id, event_type, body_sha256, outcome)
values ('billing-ledger', '', 'evt_7', 'charge.succeeded', '\x00', 'applied');
insert into billing.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason)
values ('billing-ledger', '', 'evt_7', 'charge.succeeded', 'stripe.events.v1', '\x00', '\x00', 'operator:pi_2', 'SESSION_GONE');

-- no event id came with two bodies | provisioning customer.created evt_6
insert into provisioning.inbox_conflicts (consumer_group, account, event_id, event_type, body, body_sha256)
values ('provisioning-service', '', 'evt_6', 'customer.created', '\x00', '\x00');

-- no identity is disputed | /cus_1 EMAIL_TAKEN
insert into provisioning.identity_mismatches (stripe_account, subject, reason, user_id)
values ('', 'cus_1', 'EMAIL_TAKEN', '00000000-0000-4000-8000-000000000001');

-- Stripe has answered every question within ten minutes | balance_transaction txn_1 after 3 attempts
insert into billing.stripe_lookups (kind, object_id, event_id, attempts, recorded_at)
values ('balance_transaction', 'txn_1', 'evt_5', 3, now() - interval '11 minutes');

-- every refund is booked, and every one that failed booked back | refund:re_1 is not booked
insert into billing.refunds (refund_id, payment_intent_id, status, amount_minor, currency, created_at, version_rank, version_at,
    version_step, version_event)
values ('re_1', 'pi_1', 'succeeded', 100, 'EUR', now(), 1, now(), 0, 'evt_1');

-- what is held for disputes is what they took and is not decided | EUR: held 0, taken 300
insert into billing.disputes (dispute_id, payment_intent_id, status, amount_minor, currency, charge_refundable, withdrawn, reinstated,
    created_at, version_rank, version_at, version_step, version_event)
values ('dp_1', 'pi_1', 'needs_response', 300, 'EUR', false, true, false, now(), 0, now(), 0, 'evt_1');
insert into billing.balance_transactions (balance_transaction_id, kind, source_id, amount_minor, fee_minor, currency, created_at)
values ('txn_9', 'dispute', 'dp_1', -300, 0, 'EUR', now());

-- no more of a purchase is reversed than was paid, and it is what its reversals take | pi_1 of
insert into billing.standings (anchor, revision, reversed_minor, points_taken, credits_taken) values ('pi_1', 1, 1, 0, 0);

-- of each purchase's grants as large a share is taken back as of its money | pi_1 has 7 points
insert into billing.standings (anchor, revision, reversed_minor, points_taken, credits_taken) values ('pi_1', 1, 0, 7, 0);

-- what was taken back is booked, and no more | pi_1 in points: 7 taken, 0 booked
insert into billing.standings (anchor, revision, reversed_minor, points_taken, credits_taken) values ('pi_1', 1, 0, 7, 0);

-- who owes has nothing, and nobody is owed | stands at 5, and the user has 500
insert into billing.ledger_accounts (account_id, name, kind, unit, user_id) overriding system value
select 99, replace(name, 'user:', 'receivable:'), 'receivable', unit, user_id from billing.ledger_accounts
where kind = 'user' and unit = 'points';
insert into billing.balances (account_id, shard, floored, ceiled, debits, credits, version) values (99, 0, false, true, 5, 0, 1);

-- every settlement without a session is of a paid invoice of its customer, or of a payment of its own | pi_1 has a payment that names no terms
update billing.settlements set checkout_session_id = null;

-- nobody owes more points or credits than were taken back from them | stands at 5, taken back were 0
insert into billing.ledger_accounts (account_id, name, kind, unit, user_id) overriding system value
select 99, replace(name, 'user:', 'receivable:'), 'receivable', unit, user_id from billing.ledger_accounts
where kind = 'user' and unit = 'points';
insert into billing.balances (account_id, shard, floored, ceiled, debits, credits, version) values (99, 0, false, true, 5, 0, 1);

-- what invoices owe is booked as owed, and nothing else is | in_1 in EUR: owed 700, booked 0
insert into billing.invoices (invoice_id, status, total_minor, amount_paid_minor, tax_minor, currency, metadata, opened, created_at,
    version_rank, version_at, version_step, version_event)
values ('in_1', 'open', 700, 0, 0, 'EUR', '{}', true, now(), 0, now(), 0, 'evt_1');

-- in suspense is what is billed and not paid and what was paid twice and not given back, and nothing else | pi_1 in EUR: waits 300, booked 0
insert into billing.overpayments (anchor, excess_minor, returned_minor, currency, revision) values ('pi_1', 400, 100, 'EUR', 1);
