-- Spending points and credits: what was asked under each key and what was answered, so that asking again is answered the same.
-- Refusals too. No key to users: a token's subject may be nobody here, and is refused like anybody without a balance.
create table billing.spends (
    user_id uuid not null,
    idempotency_key text not null,
    spend_id uuid not null,
    unit text not null,
    amount bigint not null,
    description text,
    order_id uuid,
    outcome text not null,
    balance bigint not null,
    recorded_at timestamptz not null default now(),
    constraint spends_pkey primary key (user_id, idempotency_key),
    constraint spends_id_once unique (spend_id),
    constraint spends_unit_known check (unit in ('points', 'credits')),
    constraint spends_amount_positive check (amount > 0),
    constraint spends_outcome_known check (outcome in ('booked', 'insufficient')),
    constraint spends_balance_not_negative check (balance >= 0),
    constraint spends_refused_for_a_reason check (outcome = 'booked' or balance < amount)
);

create trigger spends_append_only
    before update or delete or truncate on billing.spends
    for each statement execute function billing.refuse_change();

alter table billing.spends enable row level security;
alter table billing.spends force row level security;
create policy service_all on billing.spends for all to billing_service using (true) with check (true);
create policy own_rows on billing.spends for select to authenticated using (user_id = (select auth.uid()));

grant select, insert on billing.spends to billing_service;
grant select on billing.spends to authenticated;
