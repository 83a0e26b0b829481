-- Invoices, what was billed by them and what was credited, and whose a customer is. The version of a mirror row is as in V001.

-- Whose a Stripe customer is, as provisioning linked it. Append-only: the first link stands.
create table billing.customers (
    stripe_account text not null default '',
    customer_id text not null,
    user_id uuid not null,
    account_number text not null,
    recorded_at timestamptz not null default now(),
    constraint customers_pkey primary key (stripe_account, customer_id),
    constraint customers_user_fkey foreign key (user_id) references provisioning.users (id)
);

-- metadata: the invoice's own, and what of its subscription's it does not name. lines_source as in checkout_sessions.
create table billing.invoices (
    stripe_account text not null default '',
    invoice_id text not null,
    status text not null,
    billing_reason text,
    customer_id text,
    subscription_id text,
    total_minor bigint not null,
    amount_paid_minor bigint not null,
    tax_minor bigint not null,
    currency char(3) not null,
    metadata jsonb not null,
    lines_source text not null default 'none',
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint invoices_pkey primary key (stripe_account, invoice_id),
    constraint invoices_currency_upper check (currency ~ '^[A-Z]{3}$'),
    constraint invoices_paid_not_negative check (amount_paid_minor >= 0 and tax_minor >= 0),
    constraint invoices_lines_source_known check (lines_source in ('none', 'embedded'))
);

-- Lines of paid invoices, which do not change any more. amount_minor below zero: a credit for what was not used.
create table billing.invoice_lines (
    stripe_account text not null default '',
    invoice_id text not null,
    line_id text not null,
    price_id text,
    product_id text,
    quantity bigint not null,
    amount_minor bigint not null,
    unit_amount_minor bigint,
    proration boolean not null,
    period_end timestamptz,
    price_metadata jsonb,
    product_metadata jsonb,
    recorded_at timestamptz not null default now(),
    constraint invoice_lines_pkey primary key (stripe_account, invoice_id, line_id),
    constraint invoice_lines_invoice_fkey foreign key (stripe_account, invoice_id)
        references billing.invoices (stripe_account, invoice_id),
    constraint invoice_lines_quantity_not_negative check (quantity >= 0)
);

-- amount_minor: what the customer was given back by it; refunded_minor: how much of that as a refund, which is booked as such.
create table billing.credit_notes (
    stripe_account text not null default '',
    credit_note_id text not null,
    invoice_id text not null,
    status text not null,
    amount_minor bigint not null,
    refunded_minor bigint not null,
    currency char(3) not null,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint credit_notes_pkey primary key (stripe_account, credit_note_id),
    constraint credit_notes_amounts_sane check (amount_minor >= 0 and refunded_minor >= 0),
    constraint credit_notes_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index credit_notes_invoice on billing.credit_notes (stripe_account, invoice_id);

-- A settled invoice need not have a session.
alter table billing.settlements
    alter column checkout_session_id drop not null;

do $$
declare
    name text;
begin
    foreach name in array array['customers', 'invoices', 'invoice_lines', 'credit_notes']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
    create policy own_rows on billing.customers for select to authenticated using (user_id = (select auth.uid()));
    create policy own_rows on billing.invoices for select to authenticated using (
        exists (select from billing.customers c
                where c.stripe_account = invoices.stripe_account and c.customer_id = invoices.customer_id
                  and c.user_id = (select auth.uid())));
    foreach name in array array['invoice_lines', 'credit_notes']
    loop
        execute format(
            'create policy own_rows on billing.%1$I for select to authenticated using (exists (select from billing.invoices i
                where i.stripe_account = %1$I.stripe_account and i.invoice_id = %1$I.invoice_id))', name);
    end loop;
end
$$;

create trigger customers_append_only
    before update or delete or truncate on billing.customers
    for each statement execute function billing.refuse_change();

grant select, insert on billing.customers, billing.invoice_lines to billing_service;
grant select, insert, update on billing.invoices, billing.credit_notes to billing_service;
grant select on billing.customers, billing.invoices, billing.invoice_lines, billing.credit_notes to authenticated;
