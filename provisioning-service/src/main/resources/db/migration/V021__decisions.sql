-- What a person decided of an identity that the rules could not, and the mails by which a buyer may decide it alone.

alter table provisioning.stripe_customers drop constraint stripe_customers_evidence_known,
    add constraint stripe_customers_evidence_known check (evidence in ('email', 'session', 'customer', 'operator'));

-- A purchase that names nobody at all has no user to speak of yet.
alter table provisioning.identity_mismatches alter column user_id drop not null;
alter table provisioning.customer_audit alter column user_id drop not null;

create table provisioning.identity_decisions (
    stripe_account text not null,
    subject text not null,
    reason text not null,
    decision text not null,
    user_id uuid,
    decided_by text not null,
    recorded_at timestamptz not null default now(),
    constraint identity_decisions_pkey primary key (stripe_account, subject, reason),
    constraint identity_decisions_known check (decision in ('assign', 'keep')),
    constraint identity_decisions_user_said check ((decision = 'assign') = (user_id is not null))
);
create trigger identity_decisions_append_only before update or delete or truncate on provisioning.identity_decisions
    for each statement execute function provisioning.refuse_change();

-- The token is nowhere in clear; the address goes when the mail is sent.
create table provisioning.identity_claims (
    id bigint generated always as identity,
    stripe_account text not null,
    subject text not null,
    reason text not null,
    email varchar(255),
    token_hash bytea,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    sent_at timestamptz,
    expires_at timestamptz,
    used_at timestamptz,
    used_by uuid,
    recorded_at timestamptz not null default now(),
    constraint identity_claims_pkey primary key (id),
    constraint identity_claims_once unique (stripe_account, subject),
    constraint identity_claims_token_once unique (token_hash),
    constraint identity_claims_used_by_somebody check ((used_at is null) = (used_by is null))
);
create index identity_claims_unsent on provisioning.identity_claims (next_attempt_at) where sent_at is null;

alter table provisioning.identity_decisions enable row level security, force row level security;
alter table provisioning.identity_claims enable row level security, force row level security;
create policy identity_decisions_backend on provisioning.identity_decisions
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy identity_claims_backend on provisioning.identity_claims
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert on provisioning.identity_decisions to provisioning_service;
grant select, insert, update on provisioning.identity_claims to provisioning_service;

-- Users without a profile: there should be none, since a trigger makes them; this finds and mends them.
create function provisioning.mend_profiles(most integer) returns setof uuid
    language sql security definer set search_path = '' as $$
    insert into provisioning.users (id, full_name, avatar_url, email)
    select a.id, a.raw_user_meta_data ->> 'full_name', a.raw_user_meta_data ->> 'avatar_url', a.email
    from auth.users a left join provisioning.users u on u.id = a.id
    where u.id is null order by a.id limit most
    on conflict (id) do nothing
    returning id
$$;
revoke all on function provisioning.mend_profiles(integer) from public;
grant execute on function provisioning.mend_profiles(integer) to provisioning_service;
