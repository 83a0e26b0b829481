-- Profiles in step with auth.users and with Stripe, both ways: of two words about one thing the later stands. A user's own word
-- is marked as such (':own'), which is also what keeps the two sides from answering each other for ever: only an own word is
-- sent to Stripe, and what comes back from there is Stripe's.

alter table provisioning.users add column metadata jsonb not null default '{}';

update provisioning.users u set metadata = coalesce(a.raw_user_meta_data, '{}'),
    email_as_of = case when u.email is null then u.email_as_of else coalesce(u.email_as_of, '1:000000000000:9:own') end,
    full_name_as_of = case when u.full_name is null then u.full_name_as_of
        else coalesce(u.full_name_as_of, '1:000000000000:9:own') end
from auth.users a where a.id = u.id;

-- Users whose own word Stripe has not heard yet.
create table provisioning.customer_pushes (
    user_id uuid not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    constraint customer_pushes_pkey primary key (user_id),
    constraint customer_pushes_user_fkey foreign key (user_id) references auth.users (id) on delete cascade
);
create index customer_pushes_due on provisioning.customer_pushes (next_attempt_at);
alter table provisioning.customer_pushes enable row level security, force row level security;
create policy customer_pushes_backend on provisioning.customer_pushes
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update, delete on provisioning.customer_pushes to provisioning_service;

create function provisioning.own_word() returns text language sql stable set search_path = '' as $$
    select '1:' || lpad(extract(epoch from now())::bigint::text, 12, '0') || ':9:own'
$$;
revoke all on function provisioning.own_word() from public;

create or replace function provisioning.follow_auth_user() returns trigger
    language plpgsql security definer set search_path = '' as $$
declare
    new_name text := new.raw_user_meta_data ->> 'full_name';
    new_avatar text := new.raw_user_meta_data ->> 'avatar_url';
    has_email boolean := new.email is not null;
    has_name boolean := new_name is not null;
begin
    if tg_op = 'UPDATE' then
        -- Only what was changed is a new word: an e-mail must not be repeated because an avatar was changed.
        has_email := has_email and new.email is distinct from old.email;
        has_name := has_name and new_name is distinct from old.raw_user_meta_data ->> 'full_name';
    end if;
    insert into provisioning.users as u (id, full_name, full_name_as_of, avatar_url, email, email_as_of, metadata)
    values (new.id, new_name, case when new_name is not null then provisioning.own_word() end, new_avatar,
            new.email, case when new.email is not null then provisioning.own_word() end,
            coalesce(new.raw_user_meta_data, '{}'))
    on conflict (id) do update set
        full_name = case when has_name then excluded.full_name else u.full_name end,
        full_name_as_of = case when has_name then excluded.full_name_as_of else u.full_name_as_of end,
        avatar_url = coalesce(excluded.avatar_url, u.avatar_url),
        email = case when has_email then excluded.email else u.email end,
        email_as_of = case when has_email then excluded.email_as_of else u.email_as_of end,
        metadata = excluded.metadata,
        updated_at = now()
    where has_name or has_email or coalesce(excluded.avatar_url, u.avatar_url) is distinct from u.avatar_url
        or excluded.metadata <> u.metadata;
    return new;
end
$$;

create function provisioning.tell_stripe_later() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    insert into provisioning.customer_pushes (user_id) values (new.id)
    on conflict (user_id) do update set attempts = 0, next_attempt_at = now(), recorded_at = now();
    return null;
end
$$;
revoke all on function provisioning.tell_stripe_later() from public;
create trigger users_own_word after update of email, full_name on provisioning.users for each row
    when ((new.email is distinct from old.email and new.email_as_of like '%:own')
        or (new.full_name is distinct from old.full_name and new.full_name_as_of like '%:own'))
    execute function provisioning.tell_stripe_later();

grant select (metadata) on provisioning.users to authenticated;

-- The customer as different frontends call it.
do $$
begin
    if to_regclass('public.customers') is null then
        create view public.customers with (security_invoker = true) as
            select u.id, c.stripe_customer_id
            from provisioning.users u
            left join provisioning.stripe_customers c on c.user_id = u.id and c.is_primary and c.stripe_account = '';
        grant select on public.customers to authenticated, service_role;
    end if;
    if to_regclass('public.customer') is null then
        create view public.customer with (security_invoker = true) as
            select u.created_at, u.id as uuid, u.email, u.metadata, c.stripe_customer_id
            from provisioning.users u
            left join provisioning.stripe_customers c on c.user_id = u.id and c.is_primary and c.stripe_account = '';
        grant select on public.customer to authenticated, service_role;
    end if;
    -- Only where it is ours.
    if exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'public' and c.relname = 'stripe_customers' and c.relkind = 'v'
                   and c.relowner = current_user::regrole) then
        create or replace view public.stripe_customers with (security_invoker = true) as
            select id, user_id, stripe_account, stripe_customer_id, is_primary, customer_email, customer_name,
                   default_payment_method, customer_metadata, created_at, updated_at, organisation_id, billing_address,
                   deleted_at
            from provisioning.stripe_customers;
    end if;
end
$$;
grant select (created_at) on provisioning.users to authenticated;
