-- What an application that moves in knows already, laid down here by its operator and taken over page by page. A row is done or
-- refused once; what lives is never overwritten by what was laid down.
create table provisioning.import_profiles (
    user_id uuid not null,
    full_name text,
    avatar_url text,
    billing_address jsonb,
    type text,
    done_at timestamptz,
    refusal text,
    constraint import_profiles_pkey primary key (user_id)
);
create index import_profiles_left on provisioning.import_profiles (user_id) where done_at is null;
create table provisioning.import_links (
    stripe_account text not null default '',
    stripe_customer_id text not null,
    user_id uuid not null,
    done_at timestamptz,
    refusal text,
    constraint import_links_pkey primary key (stripe_account, stripe_customer_id)
);
create index import_links_left on provisioning.import_links (stripe_account, stripe_customer_id) where done_at is null;

alter table provisioning.import_profiles enable row level security, force row level security;
alter table provisioning.import_links enable row level security, force row level security;
create policy import_profiles_backend on provisioning.import_profiles
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy import_links_backend on provisioning.import_links
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update on provisioning.import_profiles, provisioning.import_links to provisioning_service;
