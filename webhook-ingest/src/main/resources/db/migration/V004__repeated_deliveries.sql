-- What came again under an id that the log has: no row of the log, and no effect anywhere, but an operator asks how often. Where it
-- lies on its topic tells one delivery from another, since a consumer may read the same record twice.
create table ingest.repeated_deliveries (
    account text not null,
    event_id text not null,
    is_set_aside boolean not null,
    topic_partition integer not null,
    topic_offset bigint not null,
    received_at timestamptz not null,
    origin text not null,
    body_sha256 bytea not null,
    recorded_at timestamptz not null default now(),
    constraint repeated_deliveries_pkey primary key (is_set_aside, topic_partition, topic_offset)
);
create index repeated_deliveries_by_event on ingest.repeated_deliveries (event_id);

alter table ingest.repeated_deliveries enable row level security, force row level security;
create policy repeated_deliveries_service on ingest.repeated_deliveries to ingest_service using (true) with check (true);
grant select, insert on ingest.repeated_deliveries to ingest_service;
