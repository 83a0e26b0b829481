-- every product's stock is what was counted, less what orders hold of it | 00000000-0000-4000-8000-0000000000c1 has 5 received
insert into billing.product_inventory (product_id, received) values ('00000000-0000-4000-8000-0000000000c1', 5);

-- every order is in the last state of its history, and came there by allowed steps only | 00000000-0000-4000-8000-0000000000d1 is completed
insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, status, revision, idempotency_key,
    fingerprint, fulfilled_at)
values ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-000000000001', 'cart', 'stripe', 100, 'EUR', 'completed', 2,
    'k1', 'f', now());

-- every counted line holds its stock as its order's state says, and is sold at most once | 00000000-0000-4000-8000-0000000000d1 line 1 is reserved
insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, status, revision, idempotency_key,
    fingerprint)
values ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-000000000001', 'cart', 'stripe', 100, 'EUR', 'cancelled', 1,
    'k1', 'f');
insert into billing.inventory_reservations (order_id, line, product_id, quantity, state)
values ('00000000-0000-4000-8000-0000000000d1', 1, '00000000-0000-4000-8000-0000000000c1', 1, 'reserved');

-- every order that was paid with points is one spend of its total | 00000000-0000-4000-8000-0000000000d1 spent nothing
insert into billing.orders (order_id, user_id, kind, payment_method, total_points, status, revision, idempotency_key, fingerprint)
values ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-000000000001', 'points', 'points', 100, 'pending', 1,
    'k1', 'f');

-- what was spent on an order bought it | 00000000-0000-4000-8000-0000000000e1 bought nothing
insert into billing.spends (user_id, idempotency_key, spend_id, unit, amount, order_id, outcome, balance)
values ('00000000-0000-4000-8000-000000000001', 'k1', '00000000-0000-4000-8000-0000000000e1', 'points', 100,
    '00000000-0000-4000-8000-0000000000d1', 'booked', 400);

-- an order that was paid with points is refunded when its points went back, all of them, and not otherwise | 00000000-0000-4000-8000-0000000000d1 is refunded
insert into billing.orders (order_id, user_id, kind, payment_method, total_points, status, revision, idempotency_key, fingerprint)
values ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-000000000001', 'cart', 'points', 100, 'refunded', 1,
    'k1', 'f');

-- what paid for an order that something else has paid is held as too much, all of it | pi_1 paid 1050 for 00000000-0000-4000-8000-0000000000d1 again
insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, status, revision, idempotency_key,
    fingerprint, checkout_session_id)
values ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-000000000001', 'cart', 'stripe', 1050, 'EUR', 'pending', 1,
    'k1', 'f', 'cs_0');
update billing.checkout_sessions set metadata = '{"order_id": "00000000-0000-4000-8000-0000000000d1"}';
update billing.settlements set points = 0, credits = 0, vouchers = 0;
