-- What is billed and not paid, and what was paid twice.

-- Each stays true once it was: opened (finalized before it was paid), written_off (given up), closed (paid, or voided).
-- due_minor: what was asked of the customer, null where no payload says it.
alter table billing.invoices
    add column opened boolean not null default false,
    add column written_off boolean not null default false,
    add column closed boolean not null default false,
    add column due_minor bigint;

-- How much a payment paid of an invoice, from whatever payload says it.
create table billing.invoice_shares (
    stripe_account text not null default '',
    invoice_id text not null,
    payment_intent_id text not null,
    amount_minor bigint not null,
    recorded_at timestamptz not null default now(),
    constraint invoice_shares_pkey primary key (stripe_account, invoice_id, payment_intent_id),
    constraint invoice_shares_amount_positive check (amount_minor > 0)
);

-- What was paid of a settled invoice beyond what was due: it gave nothing, and waits in suspense until it is given back.
-- returned_minor: how much of it went back. revision counts what was booked of it.
create table billing.overpayments (
    anchor text not null,
    excess_minor bigint not null,
    returned_minor bigint not null,
    currency char(3) not null,
    revision bigint not null,
    recorded_at timestamptz not null default now(),
    constraint overpayments_pkey primary key (anchor),
    constraint overpayments_settlement_fkey foreign key (anchor) references billing.settlements (anchor),
    constraint overpayments_amounts_sane check (excess_minor >= 0 and returned_minor >= 0 and returned_minor <= excess_minor),
    constraint overpayments_revision_positive check (revision > 0),
    constraint overpayments_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index overpayments_open on billing.overpayments (anchor) where excess_minor > returned_minor;

do $$
declare
    name text;
begin
    foreach name in array array['invoice_shares', 'overpayments']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
    create policy own_rows on billing.overpayments for select to authenticated using (
        exists (select from billing.settlements s
                where s.anchor = overpayments.anchor and s.user_id = (select auth.uid())));
end
$$;

grant select, insert, update on billing.invoice_shares, billing.overpayments to billing_service;
grant select on billing.overpayments to authenticated;
