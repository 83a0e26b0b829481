-- Carts, and what became of them: orders with their lines, the stock that is set aside for them, and every state they were in.

create table billing.cart_items (
    user_id uuid not null,
    product_id uuid not null,
    quantity integer not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cart_items_pkey primary key (user_id, product_id),
    constraint cart_items_product_fkey foreign key (product_id) references billing.shop_products (product_id),
    constraint cart_items_quantity_positive check (quantity between 1 and 1000)
);

-- Which state may follow which. The application's own table is compared with this one by a test.
create table billing.order_transitions (
    from_status text not null,
    to_status text not null,
    constraint order_transitions_pkey primary key (from_status, to_status)
);
insert into billing.order_transitions (from_status, to_status) values
    ('pending', 'awaiting_payment'), ('pending', 'processing'), ('pending', 'failed'), ('pending', 'cancelled'),
    ('awaiting_payment', 'processing'), ('awaiting_payment', 'failed'), ('awaiting_payment', 'cancelled'),
    ('failed', 'processing'), ('failed', 'awaiting_payment'),
    ('cancelled', 'processing'), ('cancelled', 'awaiting_payment'), ('cancelled', 'failed'),
    ('processing', 'completed'), ('processing', 'partially_refunded'), ('processing', 'refunded'),
    ('completed', 'partially_refunded'), ('completed', 'refunded'),
    ('partially_refunded', 'processing'), ('partially_refunded', 'completed'), ('partially_refunded', 'refunded'),
    ('refunded', 'processing'), ('refunded', 'completed'), ('refunded', 'partially_refunded');
create trigger order_transitions_append_only
    before update or delete or truncate on billing.order_transitions
    for each statement execute function billing.refuse_change();

-- No key to users, as with spends: a token's subject may be nobody here. held_reason: paid, but a person must look.
create table billing.orders (
    order_id uuid not null,
    user_id uuid not null,
    kind text not null,
    payment_method text not null,
    total_minor bigint not null default 0,
    currency char(3),
    total_points bigint not null default 0,
    status text not null default 'pending',
    revision bigint not null default 1,
    held_reason text,
    email text,
    stripe_account text not null default '',
    checkout_session_id text,
    checkout_url text,
    stripe_payment_intent_id text,
    stripe_key text,
    idempotency_key text not null,
    fingerprint text not null,
    balance_after bigint,
    expires_at timestamptz,
    fulfilled_at timestamptz,
    tracking_info jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint orders_pkey primary key (order_id),
    constraint orders_key_once unique (user_id, idempotency_key),
    constraint orders_session_once unique (stripe_account, checkout_session_id),
    constraint orders_kind_known check (kind in ('cart', 'points', 'credits', 'voucher', 'subscription')),
    constraint orders_payment_method_known check (payment_method in ('stripe', 'points')),
    constraint orders_status_known check (status in ('pending', 'awaiting_payment', 'processing', 'completed', 'failed',
        'cancelled', 'refunded', 'partially_refunded')),
    constraint orders_totals_not_negative check (total_minor >= 0 and total_points >= 0),
    constraint orders_money_has_currency check (payment_method <> 'stripe' or (currency is not null and total_minor > 0)),
    constraint orders_points_cost_points check ((payment_method = 'points') = (total_points > 0)),
    constraint orders_currency_upper check (currency ~ '^[A-Z]{3}$'),
    constraint orders_completed_is_fulfilled check (status <> 'completed' or fulfilled_at is not null)
) with (fillfactor = 80);
create index orders_user on billing.orders (user_id, created_at desc, order_id);
create index orders_payment_intent on billing.orders (stripe_account, stripe_payment_intent_id)
    where stripe_payment_intent_id is not null;
create index orders_sessionless on billing.orders (expires_at) where status = 'pending' and checkout_session_id is null;

create table billing.order_items (
    order_id uuid not null,
    line smallint not null,
    type text not null,
    product_id uuid,
    reference text not null,
    name text not null,
    quantity integer not null,
    unit_price_minor bigint,
    unit_price_points bigint,
    fulfilled_at timestamptz,
    created_at timestamptz not null default now(),
    constraint order_items_pkey primary key (order_id, line),
    constraint order_items_order_fkey foreign key (order_id) references billing.orders (order_id),
    constraint order_items_product_fkey foreign key (product_id) references billing.shop_products (product_id),
    constraint order_items_product_once unique (order_id, product_id),
    constraint order_items_type_known check (type in ('digital', 'physical', 'points', 'credits', 'voucher', 'subscription')),
    constraint order_items_product_where_it_is_one check ((type in ('digital', 'physical')) = (product_id is not null)),
    constraint order_items_quantity_positive check (quantity > 0)
);
create index order_items_product on billing.order_items (product_id) where product_id is not null;

-- What an order's line holds of the stock. Short: paid for, and there was none.
create table billing.inventory_reservations (
    order_id uuid not null,
    line smallint not null,
    product_id uuid not null,
    quantity integer not null,
    state text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint inventory_reservations_pkey primary key (order_id, line),
    constraint inventory_reservations_item_fkey foreign key (order_id, line) references billing.order_items (order_id, line),
    constraint inventory_reservations_stock_fkey foreign key (product_id) references billing.product_inventory (product_id),
    constraint inventory_reservations_state_known check (state in ('reserved', 'sold', 'released', 'short', 'returned')),
    constraint inventory_reservations_quantity_positive check (quantity > 0)
);
create index inventory_reservations_short on billing.inventory_reservations (product_id, created_at) where state = 'short';
create index inventory_reservations_product on billing.inventory_reservations (product_id);

-- Every state that an order was in, written by the trigger below.
create table billing.order_history (
    order_id uuid not null,
    revision bigint not null,
    from_status text,
    to_status text not null,
    recorded_at timestamptz not null default now(),
    constraint order_history_pkey primary key (order_id, revision),
    constraint order_history_order_fkey foreign key (order_id) references billing.orders (order_id)
);
create trigger order_history_append_only
    before update or delete or truncate on billing.order_history
    for each statement execute function billing.refuse_change();

create function billing.follow_order() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'pending' or new.revision <> 1 then
            raise exception 'an order begins as pending'
                using errcode = 'check_violation', constraint = 'orders_begin_pending', table = 'orders';
        end if;
        insert into billing.order_history (order_id, revision, to_status) values (new.order_id, 1, new.status);
        return null;
    end if;
    if new.user_id <> old.user_id or new.total_minor <> old.total_minor or new.total_points <> old.total_points
        or new.payment_method <> old.payment_method or new.currency is distinct from old.currency then
        raise exception 'what was ordered stays'
            using errcode = 'check_violation', constraint = 'orders_terms_stay', table = 'orders';
    end if;
    if new.status = old.status then
        return null;
    end if;
    if new.revision <> old.revision + 1 or not exists (
        select from billing.order_transitions t where t.from_status = old.status and t.to_status = new.status) then
        raise exception 'an order that is % cannot become %', old.status, new.status
            using errcode = 'check_violation', constraint = 'orders_transition_allowed', table = 'orders';
    end if;
    insert into billing.order_history (order_id, revision, from_status, to_status)
    values (new.order_id, new.revision, old.status, new.status);
    return null;
end;
$$;
create trigger orders_followed
    after insert or update on billing.orders
    for each row execute function billing.follow_order();

do $$
declare
    name text;
begin
    foreach name in array array['cart_items', 'orders', 'order_items', 'inventory_reservations', 'order_history']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
        execute format('create policy backend_reads on billing.%I for select to service_role using (true)', name);
    end loop;
    foreach name in array array['cart_items', 'orders']
    loop
        execute format(
            'create policy own_rows on billing.%I for select to authenticated using (user_id = (select auth.uid()))', name);
    end loop;
    foreach name in array array['order_items', 'order_history']
    loop
        execute format(
            'create policy own_rows on billing.%1$I for select to authenticated using (exists (
                select from billing.orders o where o.order_id = %1$I.order_id and o.user_id = (select auth.uid())))', name);
    end loop;
end
$$;

grant select, insert, update, delete on billing.cart_items to billing_service;
grant select, insert, update on billing.orders, billing.order_items, billing.inventory_reservations to billing_service;
grant select, insert on billing.order_history to billing_service;
grant select on billing.order_transitions to billing_service;
grant select on billing.cart_items, billing.order_items, billing.order_history to authenticated, service_role;
-- Not what the checkout is known by elsewhere: a key or an address that leaks is one too many.
grant select (order_id, user_id, kind, payment_method, total_minor, currency, total_points, status, revision,
    checkout_session_id, stripe_payment_intent_id, expires_at, fulfilled_at, tracking_info, created_at, updated_at)
    on billing.orders to authenticated, service_role;
grant select on billing.inventory_reservations to service_role;
