-- Who the customer is. On Supabase auth.users and auth's functions exist already and are left as they are; there the
-- administrator first grants USAGE on schema auth to both, SELECT, INSERT, UPDATE, DELETE, REFERENCES and TRIGGER on
-- auth.users to provisioning_owner, SELECT, INSERT and UPDATE on it to provisioning_service, and makes a policy on it that
-- lets both through.

do $$
begin
    if to_regclass('auth.users') is not null then
        return;
    end if;

    create table auth.users (
        instance_id uuid null,
        id uuid not null,
        aud character varying(255) null,
        role character varying(255) null,
        email character varying(255) null,
        encrypted_password character varying(255) null,
        email_confirmed_at timestamp with time zone null,
        invited_at timestamp with time zone null,
        confirmation_token character varying(255) null,
        confirmation_sent_at timestamp with time zone null,
        recovery_token character varying(255) null,
        recovery_sent_at timestamp with time zone null,
        email_change_token_new character varying(255) null,
        email_change character varying(255) null,
        email_change_sent_at timestamp with time zone null,
        last_sign_in_at timestamp with time zone null,
        raw_app_meta_data jsonb null,
        raw_user_meta_data jsonb null,
        is_super_admin boolean null,
        created_at timestamp with time zone null,
        updated_at timestamp with time zone null,
        phone text null default null::character varying,
        phone_confirmed_at timestamp with time zone null,
        phone_change text null default ''::character varying,
        phone_change_token character varying(255) null default ''::character varying,
        phone_change_sent_at timestamp with time zone null,
        confirmed_at timestamp with time zone
            generated always as (least(email_confirmed_at, phone_confirmed_at)) stored null,
        email_change_token_current character varying(255) null default ''::character varying,
        email_change_confirm_status smallint null default 0,
        banned_until timestamp with time zone null,
        reauthentication_token character varying(255) null default ''::character varying,
        reauthentication_sent_at timestamp with time zone null,
        is_sso_user boolean not null default false,
        deleted_at timestamp with time zone null,
        is_anonymous boolean not null default false,
        constraint users_pkey primary key (id),
        constraint users_phone_key unique (phone),
        constraint users_email_change_confirm_status_check
            check (email_change_confirm_status >= 0 and email_change_confirm_status <= 2)
    );
    create index users_instance_id_idx on auth.users (instance_id);
    create index users_is_anonymous_idx on auth.users (is_anonymous);
    create index users_instance_id_email_idx on auth.users (instance_id, lower(email::text));
    create unique index confirmation_token_idx on auth.users (confirmation_token)
        where confirmation_token::text !~ '^[0-9 ]*$'::text;
    create unique index recovery_token_idx on auth.users (recovery_token)
        where recovery_token::text !~ '^[0-9 ]*$'::text;
    create unique index email_change_token_current_idx on auth.users (email_change_token_current)
        where email_change_token_current::text !~ '^[0-9 ]*$'::text;
    create unique index email_change_token_new_idx on auth.users (email_change_token_new)
        where email_change_token_new::text !~ '^[0-9 ]*$'::text;
    create unique index reauthentication_token_idx on auth.users (reauthentication_token)
        where reauthentication_token::text !~ '^[0-9 ]*$'::text;
    create unique index users_email_partial_key on auth.users (email) where is_sso_user = false;

    alter table auth.users enable row level security, force row level security;
    create policy users_provisioning on auth.users
        to provisioning_owner, provisioning_service using (true) with check (true);
    grant select, insert, update on auth.users to provisioning_service;
    grant usage on schema auth to provisioning_service, anon, authenticated, service_role;
end
$$;

-- Who asks, as PostgREST and its like tell it: from the claims of the request's token.
do $$
begin
    if to_regprocedure('auth.uid()') is null then
        create function auth.uid() returns uuid language sql stable set search_path = '' as $uid$
            select nullif(
                coalesce(
                    nullif(current_setting('request.jwt.claim.sub', true), ''),
                    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'),
                '')::uuid
        $uid$;
    end if;
    if to_regprocedure('auth.role()') is null then
        create function auth.role() returns text language sql stable set search_path = '' as $role$
            select coalesce(
                nullif(current_setting('request.jwt.claim.role', true), ''),
                nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
        $role$;
    end if;
end
$$;

grant usage on schema provisioning to authenticated, service_role;

-- Makes a table append-only for everybody, its owner included.
create function provisioning.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
    raise exception '%.% is append-only', tg_table_schema, tg_table_name using errcode = 'P0001';
end
$$;

-- The profile of each auth user. *_as_of says which word of Stripe's a value came from (see Stamp), so that an older event
-- never undoes a newer one; null means that the value is the user's own.
create table provisioning.users (
    id uuid not null,
    full_name text,
    full_name_as_of text collate "C",
    avatar_url text,
    billing_address jsonb,
    payment_method jsonb,
    type text,
    email varchar(255),
    email_as_of text collate "C",
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_pkey primary key (id),
    constraint users_id_fkey foreign key (id) references auth.users (id) on delete cascade
);
-- Purchases are matched by e-mail as it is typed: case and outer space do not count.
create index users_email_key on provisioning.users (lower(btrim(email::text)));

-- Which user a Stripe customer is. A user's further customers are aliases: known, and not primary.
create table provisioning.stripe_customers (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    stripe_account text not null default '',
    stripe_customer_id text not null,
    is_primary boolean not null default true,
    evidence text not null,
    is_announced boolean not null default false,
    customer_email varchar(255),
    email_as_of text collate "C",
    customer_name text,
    name_as_of text collate "C",
    customer_metadata jsonb not null default '{}',
    metadata_as_of text collate "C",
    default_payment_method text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint stripe_customers_pkey primary key (id),
    constraint stripe_customers_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
    constraint stripe_customers_id_once unique (stripe_account, stripe_customer_id),
    constraint stripe_customers_id_valid check (stripe_customer_id ~ '^cus_[a-zA-Z0-9]+$'),
    constraint stripe_customers_evidence_known check (evidence in ('email', 'session', 'customer'))
);
create unique index stripe_customers_one_primary on provisioning.stripe_customers (stripe_account, user_id)
    where is_primary;
create index stripe_customers_user_id on provisioning.stripe_customers (user_id);
create index stripe_customers_email on provisioning.stripe_customers (customer_email);

-- Whose purchase a checkout session was. Decided once.
create table provisioning.resolved_sessions (
    stripe_account text not null,
    session_id text not null,
    user_id uuid not null,
    stripe_customer_id text,
    is_paid boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint resolved_sessions_pkey primary key (stripe_account, session_id),
    constraint resolved_sessions_user_id_fkey foreign key (user_id) references provisioning.users (id)
);
create index resolved_sessions_user_id on provisioning.resolved_sessions (user_id);
create index resolved_sessions_customer on provisioning.resolved_sessions (stripe_account, stripe_customer_id);

-- The queue of identities that a person must look at. What was settled leaves it; customer_audit keeps the history.
create table provisioning.identity_mismatches (
    id bigint generated always as identity,
    stripe_account text not null,
    subject text not null,
    reason text not null,
    user_id uuid not null,
    other_user_id uuid,
    recorded_at timestamptz not null default now(),
    constraint identity_mismatches_pkey primary key (id),
    constraint identity_mismatches_once unique (stripe_account, subject, reason)
);

-- What was done to whom. Append-only; ids and codes, no personal data.
create table provisioning.customer_audit (
    id bigint generated always as identity,
    stripe_account text not null,
    subject text not null,
    action text not null,
    user_id uuid not null,
    other_user_id uuid,
    event_id text not null,
    recorded_at timestamptz not null default now(),
    constraint customer_audit_pkey primary key (id)
);
create index customer_audit_user_id on provisioning.customer_audit (user_id);
create trigger customer_audit_append_only before update or delete or truncate on provisioning.customer_audit
    for each statement execute function provisioning.refuse_change();

alter table provisioning.users enable row level security, force row level security;
alter table provisioning.stripe_customers enable row level security, force row level security;
alter table provisioning.resolved_sessions enable row level security, force row level security;
alter table provisioning.identity_mismatches enable row level security, force row level security;
alter table provisioning.customer_audit enable row level security, force row level security;

create policy users_own on provisioning.users for select to authenticated using ((select auth.uid()) = id);
create policy users_backend on provisioning.users
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy users_keys on provisioning.users for select
    to billing_owner, billing_service, voucher_owner, voucher_service using (true);

create policy stripe_customers_own on provisioning.stripe_customers for select to authenticated
    using ((select auth.uid()) = user_id);
create policy stripe_customers_backend on provisioning.stripe_customers
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy stripe_customers_keys on provisioning.stripe_customers for select
    to billing_owner, billing_service, voucher_owner, voucher_service using (true);

create policy resolved_sessions_backend on provisioning.resolved_sessions
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy identity_mismatches_backend on provisioning.identity_mismatches
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy customer_audit_backend on provisioning.customer_audit
    to provisioning_owner, provisioning_service using (true) with check (true);

grant select, insert, update on provisioning.users, provisioning.stripe_customers, provisioning.resolved_sessions
    to provisioning_service;
grant select, insert, update, delete on provisioning.identity_mismatches to provisioning_service;
grant select, insert on provisioning.customer_audit to provisioning_service;

grant select, insert, update, delete on provisioning.users, provisioning.stripe_customers to service_role;
grant select, delete on provisioning.identity_mismatches to service_role;
grant select (id, full_name, avatar_url, billing_address, payment_method, type, email) on provisioning.users
    to authenticated;
grant select (id, user_id, stripe_account, stripe_customer_id, is_primary, customer_email, customer_name,
        default_payment_method, customer_metadata, created_at, updated_at)
    on provisioning.stripe_customers to authenticated;

grant select (id), references (id) on provisioning.users to billing_owner, voucher_owner;
grant select (id) on provisioning.users to billing_service, voucher_service;
grant select (stripe_account, stripe_customer_id), references (stripe_account, stripe_customer_id)
    on provisioning.stripe_customers to billing_owner, voucher_owner;
grant select (stripe_account, stripe_customer_id) on provisioning.stripe_customers to billing_service, voucher_service;
