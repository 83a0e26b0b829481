-- What Stripe says that moved, against what is booked on the clearing account: to the cent, payout by payout.

-- A run goes through Stripe's list page by page; next_after is how far it is, so that it goes on where it was after a crash.
create table billing.reconciliation_runs (
    run_id bigint generated always as identity,
    payout_id text,
    from_at timestamptz,
    to_at timestamptz,
    state text not null default 'running',
    next_after text,
    pages integer not null default 0,
    movements bigint not null default 0,
    differences bigint not null default 0,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint reconciliation_runs_pkey primary key (run_id),
    constraint reconciliation_runs_payout_or_period
        check ((payout_id is null) = (from_at is not null and to_at is not null)),
    constraint reconciliation_runs_period_forward check (from_at < to_at),
    constraint reconciliation_runs_state_known check (state in ('running', 'done')),
    constraint reconciliation_runs_done_has_time check ((state = 'done') = (finished_at is not null))
);
create index reconciliation_runs_due on billing.reconciliation_runs (next_attempt_at) where state = 'running';
create unique index reconciliation_runs_payout_at_once on billing.reconciliation_runs (payout_id) where state = 'running';

-- One movement of Stripe's as a run found it. Both amounts are what it did to the clearing account.
create table billing.reconciled_movements (
    run_id bigint not null,
    transaction_id text not null,
    kind text not null,
    source_id text,
    currency char(3) not null,
    stripe_minor bigint not null,
    booked_minor bigint not null,
    business_keys text[] not null,
    moved_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint reconciled_movements_pkey primary key (run_id, transaction_id),
    constraint reconciled_movements_run_fkey foreign key (run_id) references billing.reconciliation_runs (run_id)
);
create index reconciled_movements_keys on billing.reconciled_movements using gin (business_keys);

-- What does not agree, once for each movement, entry or payout. 'healing' was asked of Stripe again, 'open' is for a person,
-- 'settled' agreed when it was looked at again.
create table billing.reconciliation_differences (
    difference_id bigint generated always as identity,
    subject text not null,
    class text not null,
    run_id bigint not null,
    currency char(3) not null,
    stripe_minor bigint,
    booked_minor bigint,
    state text not null,
    recorded_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reconciliation_differences_pkey primary key (difference_id),
    constraint reconciliation_differences_subject_once unique (subject),
    constraint reconciliation_differences_run_fkey foreign key (run_id) references billing.reconciliation_runs (run_id),
    constraint reconciliation_differences_class_known check (class in (
        'NOT_BOOKED', 'AMOUNT_DIFFERS', 'CURRENCY_DIFFERS', 'FEE_NOT_BOOKED', 'FEE_DIFFERS', 'KIND_NOT_BOOKED',
        'NOT_AT_STRIPE', 'PAYOUT_DIFFERS')),
    constraint reconciliation_differences_state_known check (state in ('open', 'healing', 'settled'))
);

do $$
declare
    name text;
begin
    foreach name in array array['reconciliation_runs', 'reconciled_movements', 'reconciliation_differences']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
end
$$;

create trigger reconciled_movements_append_only
    before update or delete or truncate on billing.reconciled_movements
    for each statement execute function billing.refuse_change();

grant select, insert, update on billing.reconciliation_runs, billing.reconciliation_differences to billing_service;
grant select, insert on billing.reconciled_movements to billing_service;
