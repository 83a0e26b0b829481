-- every voucher that was issued is generated, active, redeemed, void, expired or reversed, and issued once | voucher 00000000-0000-4000-8000-00000000000a is redeemed and was issued 2 times
insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
values ('00000000-0000-4000-8000-00000000000a', 'issued', 'x', now());

-- a voucher is revoked exactly when its last revocation was not undone | voucher 00000000-0000-4000-8000-00000000000a is reversed and was last never revoked
update voucher.vouchers set status = 'reversed', revoked_from = 'redeemed', revocation = 're_1' where unit = 1;

-- a reversed purchase lost no more of its time than of its money | pi_1 lost 30 of 60 days for 525 of 1051
insert into voucher.payment_reversals (anchor, revision, reversal_id, paid_minor, reversed_minor, currency, told_at)
values ('pi_1', 1, 're_1', 1051, 525, 'EUR', now());
update voucher.vouchers set status = 'reversed', revoked_from = 'redeemed', revocation = 're_1' where unit = 1;

-- of a purchase whose money all went back nothing can be redeemed | pi_1 still has voucher 00000000-0000-4000-8000-00000000000a
insert into voucher.payment_reversals (anchor, revision, reversal_id, paid_minor, reversed_minor, currency, told_at)
values ('pi_1', 1, 're_1', 1050, 1050, 'EUR', now());
update voucher.vouchers set status = 'active', is_used = false, used_at = null where unit = 1;

-- every use of a code for many is one voucher, and there are no more than its limit | voucher 00000000-0000-4000-8000-00000000000a has 1 of 3 uses and 0 vouchers
update voucher.vouchers set uses_max = 3, uses = 1 where unit = 1;

-- the days that were redeemed are the days by which expiries moved | 4111111111111111 redeemed 2 mons and was given 1 mon
delete from provisioning.account_extensions where voucher_id = '00000000-0000-4000-8000-00000000000b';

-- a voucher that was sold for a subscription refers to it | voucher 00000000-0000-4000-8000-00000000000a was sold for sub_1
insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status, head_event_id)
values ('', 'sub_1', '00000000-0000-4000-8000-000000000001', 'cus_1', 'active', 'evt_1');
update voucher.vouchers set origin = 'subscription', subscription_id = 'sub_1' where unit = 1;

-- the days in the books are those that vouchers hold and those that they gave | day_given: booked 60, by the vouchers 90
update voucher.vouchers set duration_months = 2 where unit = 1;
