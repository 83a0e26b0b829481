-- Every verified event once, as the topics have it. The body is zlib; after the retention it goes, and with it all personal data
-- that Stripe sent. What is left says for ever that the event came.
create table ingest.stripe_events (
    id bigint generated always as identity,
    account text not null,
    event_id text not null,
    event_type text not null,
    api_version text,
    livemode boolean,
    occurred_at timestamptz,
    received_at timestamptz not null,
    -- secret:0, reconciliation:7, replay:3; what the gate or whoever fed it said
    origin text not null,
    is_set_aside boolean not null,
    object_kind text,
    object_id text,
    customer_id text,
    payment_intent_id text,
    subscription_id text,
    traceparent text,
    topic_partition integer not null,
    topic_offset bigint not null,
    body bytea,
    body_bytes integer not null,
    body_sha256 bytea not null,
    purged_at timestamptz,
    recorded_at timestamptz not null default now(),
    constraint stripe_events_pkey primary key (id),
    constraint stripe_events_once unique (account, event_id),
    constraint stripe_events_body_until_purged check ((body is null) = (purged_at is not null))
);
-- It is compressed already.
alter table ingest.stripe_events alter column body set storage external;

create index stripe_events_by_event on ingest.stripe_events (event_id);
create index stripe_events_by_type on ingest.stripe_events (event_type, id);
create index stripe_events_by_customer on ingest.stripe_events (customer_id, id) where customer_id is not null;
create index stripe_events_by_object on ingest.stripe_events (object_id, id) where object_id is not null;
create index stripe_events_by_payment on ingest.stripe_events (payment_intent_id, id) where payment_intent_id is not null;
create index stripe_events_by_time on ingest.stripe_events (received_at);
create index stripe_events_to_purge on ingest.stripe_events (received_at) where body is not null;

alter table ingest.stripe_events enable row level security, force row level security;
create policy stripe_events_service on ingest.stripe_events to ingest_service using (true) with check (true);

grant select, insert on ingest.stripe_events to ingest_service;
-- The skeleton is append-only: nothing but the body ever goes.
grant update (body, purged_at) on ingest.stripe_events to ingest_service;
