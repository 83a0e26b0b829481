-- The devices of an account; how many there may be is asked under a lock on the account (see DeviceHandler).
create table provisioning.devices (
    id uuid not null default gen_random_uuid(),
    created_at timestamptz not null default now(),
    account_number text not null,
    user_id uuid not null,
    name text not null,
    constraint devices_pkey primary key (id),
    constraint devices_account_fkey foreign key (account_number)
        references provisioning.accounts (account_number) on delete cascade,
    constraint devices_user_fkey foreign key (user_id) references provisioning.users (id) on delete cascade,
    constraint devices_name_once unique (account_number, name),
    constraint devices_name_length check (length(name) between 1 and 100)
);
create index devices_user on provisioning.devices (user_id, created_at);
alter table provisioning.devices enable row level security, force row level security;
create policy devices_own on provisioning.devices for select to authenticated using ((select auth.uid()) = user_id);
create policy devices_backend on provisioning.devices
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
grant select, insert, delete on provisioning.devices to provisioning_service;
grant select, insert, update, delete on provisioning.devices to service_role;
grant select on provisioning.devices to authenticated;

-- What is asked for over HTTP, in the words of the answer.
create view provisioning.plan_offers with (security_invoker = true) as
    select id, name, description, price_minor, price_currency, recurring_interval, interval_count, benefits::text as benefits,
           resources::text as resources, stripe_price_id
    from provisioning.plans where is_offered;
create view provisioning.subscription_overviews with (security_invoker = true) as
    select s.stripe_account || '/' || s.id as name, s.id as subscription_id, s.user_id, s.status, s.price_id, p.name as plan,
           s.quantity, s.current_period_end, s.paid_until, s.cancel_at_period_end, s.cancel_at, s.trial_end, s.ended_at,
           s.created
    from provisioning.subscriptions s
    left join provisioning.plans p on p.stripe_account = s.stripe_account and p.stripe_price_id = s.price_id;
grant select on provisioning.plan_offers, provisioning.subscription_overviews to provisioning_service;

-- What a Supabase or PostgREST frontend reads, under the names that it expects. A name that somebody else has taken is left
-- to them.
do $$
begin
    if to_regclass('public.devices') is null then
        create view public.devices with (security_invoker = true) as
            select id, created_at, account_number, user_id, name from provisioning.devices;
        grant select on public.devices to authenticated, service_role;
    end if;
    if to_regclass('public.products') is null then
        create view public.products with (security_invoker = true) as
            select product_id as id, stripe_account, is_active and not is_deleted as active, name, description, metadata
            from provisioning.products;
        grant select on public.products to authenticated, service_role;
    end if;
    if to_regclass('public.prices') is null then
        create view public.prices with (security_invoker = true) as
            select price_id as id, stripe_account, product_id, is_active and not is_deleted as active, currency,
                   unit_amount_minor, recurring_interval as interval, interval_count, nickname, metadata
            from provisioning.prices;
        grant select on public.prices to authenticated, service_role;
    end if;
    if to_regclass('public.plans') is null then
        create view public.plans with (security_invoker = true) as
            select id, created_at, name, price_minor, benefits, description, price_currency, stripe_price_id,
                   stripe_plan_id, resources
            from provisioning.plans;
        grant select on public.plans to authenticated, service_role;
    end if;
    if to_regclass('public.customer_plan') is null then
        create view public.customer_plan with (security_invoker = true) as
            select id, customer_uuid, plan_id, created_at, updated_at, ended_at, resources from provisioning.customer_plan;
        grant select on public.customer_plan to authenticated, service_role;
    end if;
    if to_regclass('public.subscriptions') is null then
        create view public.subscriptions with (security_invoker = true) as
            select id, user_id, status, metadata, price_id, quantity, cancel_at_period_end, created, current_period_start,
                   current_period_end, ended_at, cancel_at, canceled_at, trial_start, trial_end,
                   id as stripe_subscription_id
            from provisioning.subscriptions;
        grant select on public.subscriptions to authenticated, service_role;
    end if;
end
$$;
