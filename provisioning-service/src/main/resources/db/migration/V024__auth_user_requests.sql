-- Users that the identity backend is to make, where it is not this database that makes them.
create table provisioning.auth_user_requests (
    email varchar(255) not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    constraint auth_user_requests_pkey primary key (email)
);
create index auth_user_requests_due on provisioning.auth_user_requests (next_attempt_at);
alter table provisioning.auth_user_requests enable row level security, force row level security;
create policy auth_user_requests_backend on provisioning.auth_user_requests
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update, delete on provisioning.auth_user_requests to provisioning_service;
