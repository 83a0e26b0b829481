-- What an account may use is derived: from its subscriptions, its time and what is held against it. account_access is what
-- the others were told last, and when to look again; it decides nothing.

create table provisioning.access_holds (
    stripe_account text not null,
    hold_id text not null,
    anchor text not null,
    account_number text not null,
    user_id uuid not null,
    reason text not null,
    held_at timestamptz,
    released_at timestamptz,
    constraint access_holds_pkey primary key (stripe_account, hold_id),
    constraint access_holds_account_fkey foreign key (account_number)
        references provisioning.accounts (account_number) on delete cascade,
    constraint access_holds_happened check (held_at is not null or released_at is not null)
);
create index access_holds_account on provisioning.access_holds (account_number);

-- A payment that went back whole, and its undoing: one row for each revision that says so.
create table provisioning.payment_reversals (
    stripe_account text not null,
    anchor text not null,
    revision bigint not null,
    kind text not null,
    happened_at timestamptz not null,
    constraint payment_reversals_pkey primary key (stripe_account, anchor, revision),
    constraint payment_reversals_kind_known check (kind in ('take', 'give'))
);

create table provisioning.account_access (
    account_number text not null,
    granted boolean not null,
    until timestamptz,
    reasons text[] not null,
    revision bigint not null,
    review_at timestamptz,
    updated_at timestamptz not null default now(),
    constraint account_access_pkey primary key (account_number),
    constraint account_access_account_fkey foreign key (account_number)
        references provisioning.accounts (account_number) on delete cascade
);
create index account_access_due on provisioning.account_access (review_at) where review_at is not null;

alter table provisioning.access_holds enable row level security, force row level security;
alter table provisioning.payment_reversals enable row level security, force row level security;
alter table provisioning.account_access enable row level security, force row level security;
create policy access_holds_backend on provisioning.access_holds
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy payment_reversals_backend on provisioning.payment_reversals
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy account_access_backend on provisioning.account_access
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update on provisioning.access_holds, provisioning.account_access to provisioning_service;
grant select, insert on provisioning.payment_reversals to provisioning_service;
grant select on provisioning.access_holds to service_role;
