-- Stripe's endpoint compared with what the build needed: each answer that was another than the one before.
create table ingest.endpoint_checks (
    id bigint generated always as identity,
    checked_at timestamptz not null,
    endpoints text[] not null,
    findings jsonb not null,
    constraint endpoint_checks_pkey primary key (id)
);
alter table ingest.endpoint_checks enable row level security, force row level security;
create policy endpoint_checks_service on ingest.endpoint_checks to ingest_service using (true) with check (true);
grant select, insert on ingest.endpoint_checks to ingest_service;
