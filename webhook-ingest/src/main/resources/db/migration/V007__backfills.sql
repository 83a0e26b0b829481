-- What Stripe had before us, brought from its lists, and how far that is.
create table ingest.backfills (
    id bigint generated always as identity,
    requested_by text not null,
    account text not null,
    dry_run boolean not null,
    state text not null default 'counting',
    -- Where it goes on: in which of its subjects, and behind which object.
    position integer not null default 1,
    next_after text,
    pages integer not null default 0,
    attempts integer not null default 0,
    last_failure text,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    publishing_since timestamptz,
    finished_at timestamptz,
    constraint backfills_pkey primary key (id),
    constraint backfills_state_known check (state in ('counting', 'publishing', 'done', 'aborted')),
    constraint backfills_finished check ((state in ('done', 'aborted')) = (finished_at is not null)),
    constraint backfills_dry_runs_count check (not dry_run or state <> 'publishing')
);
create unique index backfills_one_at_a_time on ingest.backfills (account) where state in ('counting', 'publishing');

create table ingest.backfill_subjects (
    backfill_id bigint not null,
    position integer not null,
    subject text not null,
    counted bigint not null default 0,
    published bigint not null default 0,
    unreadable bigint not null default 0,
    constraint backfill_subjects_pkey primary key (backfill_id, position),
    constraint backfill_subjects_backfill_fkey foreign key (backfill_id) references ingest.backfills (id),
    constraint backfill_subjects_once unique (backfill_id, subject),
    constraint backfill_subjects_known check (
        subject in ('products', 'prices', 'customers', 'subscriptions', 'invoices', 'charges'))
);

alter table ingest.backfills enable row level security, force row level security;
alter table ingest.backfill_subjects enable row level security, force row level security;
create policy backfills_service on ingest.backfills to ingest_service using (true) with check (true);
create policy backfill_subjects_service on ingest.backfill_subjects to ingest_service using (true) with check (true);
grant select, insert, update on ingest.backfills, ingest.backfill_subjects to ingest_service;
