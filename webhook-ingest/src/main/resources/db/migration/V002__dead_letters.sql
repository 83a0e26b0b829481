-- What a service gave up, as it lies on its dead letter topic, and what a person decided of it.
create table ingest.dead_letters (
    id bigint generated always as identity,
    letter_topic text not null,
    letter_partition integer not null,
    letter_offset bigint not null,
    -- Where the record was when it was given up, without the installation's prefix, and by whom.
    topic text,
    topic_partition integer,
    topic_offset bigint,
    consumer_group text,
    code text,
    cause text,
    event_id text,
    event_type text,
    record_key bytea,
    body bytea,
    -- The record's own headers in their order, as JSON: names, and values in base64.
    headers text not null,
    died_at timestamptz not null,
    state text not null default 'open',
    decided_by text,
    decision_reason text,
    decided_at timestamptz,
    recorded_at timestamptz not null default now(),
    constraint dead_letters_pkey primary key (id),
    constraint dead_letters_once unique (letter_topic, letter_partition, letter_offset),
    constraint dead_letters_state_known check (state in ('open', 'replayed', 'discarded')),
    constraint dead_letters_decided_by_somebody check (
        (state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
    constraint dead_letters_discarded_for_a_reason check (state <> 'discarded' or decision_reason is not null)
);
create index dead_letters_open on ingest.dead_letters (id) where state = 'open';
create index dead_letters_by_event on ingest.dead_letters (event_id) where event_id is not null;
create index dead_letters_to_purge on ingest.dead_letters (decided_at) where body is not null and state <> 'open';

alter table ingest.dead_letters enable row level security, force row level security;
create policy dead_letters_service on ingest.dead_letters to ingest_service using (true) with check (true);
grant select, insert on ingest.dead_letters to ingest_service;
grant update (body, state, decided_by, decision_reason, decided_at) on ingest.dead_letters to ingest_service;
