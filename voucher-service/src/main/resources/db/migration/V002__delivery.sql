-- Delivery: what came in, what waits, what goes out. Each service's history has its own copy of this file,
-- with its schema and its login in place of voucher; a test keeps the copies equal.

-- Every event that was ever claimed. Append-only: the key is what makes an effect happen once.
create table voucher.inbox (
    consumer_group text not null,
    account text not null,
    event_id text not null,
    event_type text not null,
    body_sha256 bytea not null,
    outcome text not null,
    recorded_at timestamptz not null default now(),
    constraint inbox_pkey primary key (consumer_group, account, event_id),
    constraint inbox_outcome_known check (outcome = 'applied' or outcome like 'ignored:%')
);

-- Events that came under an id that another body had taken: kept for people, never applied.
create table voucher.inbox_conflicts (
    id bigint generated always as identity,
    consumer_group text not null,
    account text not null,
    event_id text not null,
    event_type text not null,
    body bytea not null,
    body_sha256 bytea not null,
    recorded_at timestamptz not null default now(),
    constraint inbox_conflicts_pkey primary key (id),
    constraint inbox_conflicts_once unique (consumer_group, account, event_id, body_sha256)
);

-- Events that wait for what waits_for names. Released in the transaction that brings it.
create table voucher.parked (
    id bigint generated always as identity,
    consumer_group text not null,
    account text not null,
    event_id text not null,
    event_type text not null,
    topic text not null,
    record_key text,
    body bytea not null,
    body_sha256 bytea not null,
    traceparent text,
    waits_for text not null,
    reason text not null,
    recorded_at timestamptz not null default now(),
    constraint parked_pkey primary key (id),
    constraint parked_once unique (consumer_group, account, event_id)
);
create index parked_waits_for on voucher.parked (consumer_group, waits_for, id);

-- Events that were committed with their cause and are not yet acknowledged by the broker.
create table voucher.outbox (
    id bigint generated always as identity,
    event_id uuid not null,
    topic text not null,
    record_key text not null,
    event_type text not null,
    payload bytea not null,
    traceparent text,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint outbox_pkey primary key (id)
);

grant select, insert on voucher.inbox, voucher.inbox_conflicts to voucher_service;
-- Rows are locked before they are deleted, which Postgres lets only those do who may update.
grant select, insert, delete, update on voucher.parked to voucher_service;
grant select, insert, delete on voucher.outbox to voucher_service;
