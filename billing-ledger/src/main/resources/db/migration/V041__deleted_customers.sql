-- Customers that were deleted at Stripe: nobody pays with their methods any more, whenever those are told of. Append-only.
create table billing.deleted_customers (
    stripe_account text not null default '',
    customer_id text not null,
    recorded_at timestamptz not null default now(),
    constraint deleted_customers_pkey primary key (stripe_account, customer_id)
);

alter table billing.deleted_customers enable row level security;
alter table billing.deleted_customers force row level security;
create policy service_all on billing.deleted_customers for all to billing_service using (true) with check (true);

create trigger deleted_customers_append_only
    before update or delete or truncate on billing.deleted_customers
    for each statement execute function billing.refuse_change();

grant select, insert on billing.deleted_customers to billing_service;
