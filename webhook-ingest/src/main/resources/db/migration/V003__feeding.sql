-- Events of the log that an operator has published again, and how far that is. What is asked for is kept as it was asked.
create table ingest.replays (
    id bigint generated always as identity,
    requested_by text not null,
    event_id text,
    event_type text,
    customer_id text,
    object_id text,
    payment_intent_id text,
    from_at timestamptz,
    to_at timestamptz,
    -- The log as it was when it was asked for: what comes later is not replayed.
    through_position bigint not null,
    next_after bigint not null default 0,
    total bigint not null,
    published bigint not null default 0,
    skipped bigint not null default 0,
    state text not null default 'running',
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint replays_pkey primary key (id),
    constraint replays_state_known check (state in ('running', 'done', 'aborted')),
    constraint replays_finished check ((state = 'running') = (finished_at is null))
);
create index replays_running on ingest.replays (next_attempt_at) where state = 'running';

-- A comparison of the log with Stripe's own list of events, and how far it is.
create table ingest.reconciliation_runs (
    id bigint generated always as identity,
    requested_by text not null,
    scope text not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    state text not null default 'listing',
    next_after text,
    pages integer not null default 0,
    listed bigint not null default 0,
    unreadable bigint not null default 0,
    missing bigint not null default 0,
    published bigint not null default 0,
    arrived bigint not null default 0,
    oldest_undelivered_at timestamptz,
    attempts integer not null default 0,
    last_failure text,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint reconciliation_runs_pkey primary key (id),
    constraint reconciliation_runs_scope_known check (scope in ('undelivered', 'all')),
    constraint reconciliation_runs_state_known check (state in ('listing', 'publishing', 'done', 'aborted')),
    constraint reconciliation_runs_finished check ((state in ('done', 'aborted')) = (finished_at is not null))
);
create unique index reconciliation_runs_one_at_a_time on ingest.reconciliation_runs (scope)
    where state in ('listing', 'publishing');

-- What Stripe has and the log has not. Stripe lists the newest first and it is published oldest first, so all of it is laid down here
-- before; the body goes when it is out.
create table ingest.reconciliation_events (
    run_id bigint not null,
    position bigint generated always as identity,
    event_id text not null,
    event_type text not null,
    occurred_at timestamptz not null,
    body bytea,
    outcome text,
    constraint reconciliation_events_pkey primary key (run_id, event_id),
    constraint reconciliation_events_run_fkey foreign key (run_id) references ingest.reconciliation_runs (id),
    constraint reconciliation_events_outcome_known check (outcome in ('published', 'arrived')),
    constraint reconciliation_events_body_until_out check ((body is null) = (outcome is not null))
);
create index reconciliation_events_waiting on ingest.reconciliation_events (run_id, occurred_at, position desc)
    where outcome is null;

alter table ingest.replays enable row level security, force row level security;
alter table ingest.reconciliation_runs enable row level security, force row level security;
alter table ingest.reconciliation_events enable row level security, force row level security;
create policy replays_service on ingest.replays to ingest_service using (true) with check (true);
create policy reconciliation_runs_service on ingest.reconciliation_runs to ingest_service using (true) with check (true);
create policy reconciliation_events_service on ingest.reconciliation_events to ingest_service using (true) with check (true);
grant select, insert, update on ingest.replays, ingest.reconciliation_runs, ingest.reconciliation_events to ingest_service;
