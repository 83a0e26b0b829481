-- What a user may use, and until when. Expiry moves by account_extensions only, once for each cause.

create table provisioning.accounts (
    id uuid not null default gen_random_uuid(),
    created_at timestamptz not null default now(),
    user_id uuid not null,
    account_number text not null,
    status text not null default 'active',
    max_devices integer not null default 5,
    can_add_devices boolean not null default true,
    can_add_ports boolean not null default false,
    max_ports integer not null default 0,
    cryptotoken text,
    expiry timestamptz,
    marked_inactive_by_user timestamptz,
    apple_receipt text,
    apple_api_response text,
    constraint accounts_pkey primary key (id),
    constraint accounts_user_id_key unique (user_id),
    constraint accounts_account_number_key unique (account_number),
    constraint accounts_cryptotoken_key unique (cryptotoken),
    constraint accounts_user_id_fkey foreign key (user_id) references provisioning.users (id),
    constraint accounts_account_number_valid check (account_number ~ '^[1-9][0-9]{15}$'),
    constraint accounts_status_known check (status in ('active', 'inactive', 'suspended', 'retired')),
    constraint accounts_max_devices_not_negative check (max_devices >= 0),
    constraint accounts_max_ports_not_negative check (max_ports >= 0)
);
-- A foreign key may name an account together with its user.
create unique index accounts_number_and_user on provisioning.accounts (account_number, user_id);

-- Each move of an expiry, append-only. The business key makes a voucher count once.
create table provisioning.account_extensions (
    id bigint generated always as identity,
    business_key text not null,
    account_number text not null,
    user_id uuid not null,
    voucher_id uuid not null,
    months integer not null,
    days integer not null,
    previous_expiry timestamptz,
    new_expiry timestamptz not null,
    cause_event_id text not null,
    recorded_at timestamptz not null default now(),
    constraint account_extensions_pkey primary key (id),
    constraint account_extensions_once unique (business_key),
    constraint account_extensions_account_fkey foreign key (account_number)
        references provisioning.accounts (account_number),
    constraint account_extensions_term_positive check (months >= 0 and days >= 0 and months + days > 0),
    constraint account_extensions_forward check (previous_expiry is null or new_expiry > previous_expiry)
);
create index account_extensions_account on provisioning.account_extensions (account_number);
create trigger account_extensions_append_only before update or delete or truncate on provisioning.account_extensions
    for each statement execute function provisioning.refuse_change();

alter table provisioning.accounts enable row level security, force row level security;
alter table provisioning.account_extensions enable row level security, force row level security;

create policy accounts_own on provisioning.accounts for select to authenticated
    using ((select auth.uid()) = user_id);
create policy accounts_backend on provisioning.accounts
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy accounts_keys on provisioning.accounts for select
    to billing_owner, billing_service, voucher_owner, voucher_service using (true);
create policy account_extensions_own on provisioning.account_extensions for select to authenticated
    using ((select auth.uid()) = user_id);
create policy account_extensions_backend on provisioning.account_extensions
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);

grant select, insert, update on provisioning.accounts to provisioning_service;
grant select, insert on provisioning.account_extensions to provisioning_service;
grant select, insert, update, delete on provisioning.accounts to service_role;
grant select on provisioning.account_extensions to service_role, authenticated;
grant select on provisioning.accounts to authenticated;
grant select (account_number, user_id), references (account_number, user_id) on provisioning.accounts
    to billing_owner, voucher_owner;
grant select (account_number, user_id) on provisioning.accounts to billing_service, voucher_service;

-- Keeps profiles in step with auth.users, whoever writes there.
create function provisioning.follow_auth_user() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    insert into provisioning.users (id, full_name, avatar_url, email)
    values (new.id, new.raw_user_meta_data ->> 'full_name', new.raw_user_meta_data ->> 'avatar_url', new.email)
    on conflict (id) do update set
        full_name = coalesce(excluded.full_name, users.full_name),
        full_name_as_of = case when excluded.full_name is null then users.full_name_as_of end,
        avatar_url = coalesce(excluded.avatar_url, users.avatar_url),
        email = coalesce(excluded.email, users.email),
        updated_at = now()
    where (coalesce(excluded.full_name, users.full_name), coalesce(excluded.avatar_url, users.avatar_url),
           coalesce(excluded.email, users.email)) is distinct from (users.full_name, users.avatar_url, users.email);
    return new;
end
$$;
revoke all on function provisioning.follow_auth_user() from public;

do $$
declare
    -- A project on Supabase often has a trigger of this name already.
    prefix text := case when exists (
        select from pg_trigger where tgrelid = 'auth.users'::regclass
            and tgname in ('on_auth_user_created', 'on_auth_user_updated')) then 'quittance_' else '' end;
begin
    execute format('create trigger %I after insert on auth.users for each row'
        ' execute function provisioning.follow_auth_user()', prefix || 'on_auth_user_created');
    execute format('create trigger %I after update of email, raw_user_meta_data on auth.users for each row'
        ' execute function provisioning.follow_auth_user()', prefix || 'on_auth_user_updated');
end
$$;

insert into provisioning.users (id, full_name, avatar_url, email)
select id, raw_user_meta_data ->> 'full_name', raw_user_meta_data ->> 'avatar_url', email from auth.users
on conflict (id) do nothing;

-- Takes back what was made for a customer that turned out to be somebody else's: the account and, where we made it for the
-- purchase, the user. Only what is empty goes: no customer, no session, no time, and of a user no sign-in. Where another
-- slice refers to it already, it stays; a user of ours is retired then.
create function provisioning.withdraw_users(candidates uuid[]) returns void
    language plpgsql security definer set search_path = '' as $$
declare
    candidate uuid;
    is_ours boolean;
begin
    for candidate, is_ours in
        select u.id, coalesce(u.raw_app_meta_data ->> 'provider' = 'quittance', false)
            and u.last_sign_in_at is null and u.email_confirmed_at is null and coalesce(u.encrypted_password, '') = ''
        from auth.users u
        where u.id = any (candidates)
            and not exists (select from provisioning.stripe_customers c where c.user_id = u.id)
            and not exists (select from provisioning.resolved_sessions s where s.user_id = u.id)
            and not exists (select from provisioning.account_extensions e where e.user_id = u.id)
        order by u.id
    loop
        begin
            delete from provisioning.accounts where user_id = candidate;
            delete from auth.users where id = candidate and is_ours;
        exception when foreign_key_violation then
            if is_ours then
                update provisioning.accounts set status = 'retired' where user_id = candidate;
                update auth.users set email = null, deleted_at = now(), updated_at = now() where id = candidate;
                update provisioning.users set email = null, full_name = null, updated_at = now() where id = candidate;
            end if;
        end;
    end loop;
end
$$;
revoke all on function provisioning.withdraw_users(uuid[]) from public;
grant execute on function provisioning.withdraw_users(uuid[]) to provisioning_service;
