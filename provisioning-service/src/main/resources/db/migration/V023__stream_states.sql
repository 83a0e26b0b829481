-- How what a user follows stands, as its services told last: what a stream begins with. Made of events, so it may be made again.
create table provisioning.stream_states (
    name text not null,
    key text not null,
    owner text not null,
    revision bigint not null,
    state jsonb not null,
    occurred_at timestamptz not null,
    constraint stream_states_pkey primary key (name, key)
);
create index stream_states_owner on provisioning.stream_states (owner, occurred_at desc);
alter table provisioning.stream_states enable row level security, force row level security;
create policy stream_states_backend on provisioning.stream_states
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update on provisioning.stream_states to provisioning_service;
