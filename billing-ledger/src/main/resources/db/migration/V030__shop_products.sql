-- What the shop sells beside points, credits and vouchers, and how much of it there is. Not Stripe's products: those are
-- mirrored in billing.products, and one of ours may follow one of them.

create table billing.shop_products (
    product_id uuid not null,
    listed_no bigint generated always as identity,
    name text not null,
    description text not null default '',
    type text not null,
    price_minor bigint,
    currency char(3),
    price_points bigint,
    image_url text,
    content_url text,
    max_per_order integer not null default 10,
    stocked boolean not null default false,
    sold_out_policy text not null default 'refund',
    restock_on_refund boolean not null default false,
    stripe_product_id text,
    stripe_price_id text,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint shop_products_pkey primary key (product_id),
    constraint shop_products_listed_once unique (listed_no),
    constraint shop_products_name_not_empty check (name <> ''),
    constraint shop_products_type_known check (type in ('digital', 'physical')),
    constraint shop_products_price_positive check (price_minor > 0 and price_minor <= 99999999),
    constraint shop_products_points_positive check (price_points > 0 and price_points <= 1000000000),
    constraint shop_products_money_whole check ((price_minor is null) = (currency is null)),
    constraint shop_products_has_a_price check (price_minor is not null or price_points is not null),
    constraint shop_products_currency_upper check (currency ~ '^[A-Z]{3}$'),
    constraint shop_products_limit_positive check (max_per_order between 1 and 1000),
    constraint shop_products_policy_known check (sold_out_policy in ('refund', 'back_order')),
    constraint shop_products_digital_has_content check (type <> 'digital' or content_url is not null)
);
create index shop_products_listing on billing.shop_products (listed_no desc) where active;
create index shop_products_stripe_product on billing.shop_products (stripe_product_id) where stripe_product_id is not null;

-- Of what is not endless. What is available follows from the rest and is never below nothing, whoever writes.
create table billing.product_inventory (
    product_id uuid not null,
    received bigint not null default 0,
    reserved bigint not null default 0,
    sold bigint not null default 0,
    lost bigint not null default 0,
    available bigint generated always as (received - reserved - sold - lost) stored,
    updated_at timestamptz not null default now(),
    constraint product_inventory_pkey primary key (product_id),
    constraint product_inventory_product_fkey foreign key (product_id) references billing.shop_products (product_id),
    constraint product_inventory_not_negative check (received >= 0 and reserved >= 0 and sold >= 0 and lost >= 0),
    constraint product_inventory_not_oversold check (received - reserved - sold - lost >= 0)
) with (fillfactor = 50);

-- What an operator counted in or out, once for each key.
create table billing.stock_entries (
    idempotency_key text not null,
    product_id uuid not null,
    kind text not null,
    quantity bigint not null,
    note text,
    recorded_at timestamptz not null default now(),
    constraint stock_entries_pkey primary key (idempotency_key),
    constraint stock_entries_product_fkey foreign key (product_id) references billing.product_inventory (product_id),
    constraint stock_entries_kind_known check (kind in ('received', 'lost')),
    constraint stock_entries_quantity_positive check (quantity > 0)
);
create index stock_entries_product on billing.stock_entries (product_id);
create trigger stock_entries_append_only
    before update or delete or truncate on billing.stock_entries
    for each statement execute function billing.refuse_change();

-- Where the content lies is nobody's business: frontends are granted the other columns.
alter table billing.shop_products enable row level security;
alter table billing.shop_products force row level security;
create policy service_all on billing.shop_products for all to billing_service using (true) with check (true);
create policy listed on billing.shop_products for select to anon, authenticated using (active);
create policy backend_reads on billing.shop_products for select to service_role using (true);
alter table billing.stock_entries enable row level security;
alter table billing.stock_entries force row level security;
create policy service_all on billing.stock_entries for all to billing_service using (true) with check (true);

grant usage on schema billing to anon;
grant select, insert, update on billing.shop_products, billing.product_inventory to billing_service;
grant select, insert on billing.stock_entries to billing_service;
grant select (product_id, listed_no, name, description, type, price_minor, currency, price_points, image_url, max_per_order,
    stocked, active, created_at, updated_at) on billing.shop_products to anon, authenticated, service_role;
grant select (product_id, available, updated_at) on billing.product_inventory to anon, authenticated, service_role;
