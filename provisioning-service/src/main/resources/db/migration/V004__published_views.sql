-- What a Supabase or PostgREST frontend reads, under the names that it expects. Row-level security of the tables decides.
-- A name that somebody else has taken is left to them.

do $$
begin
    if to_regclass('public.users') is null then
        create view public.users with (security_invoker = true) as
            select id, full_name, avatar_url, billing_address, payment_method, type, email from provisioning.users;
        grant select on public.users to authenticated, service_role;
    end if;
    if to_regclass('public.stripe_customers') is null then
        create view public.stripe_customers with (security_invoker = true) as
            select id, user_id, stripe_account, stripe_customer_id, is_primary, customer_email, customer_name,
                   default_payment_method, customer_metadata, created_at, updated_at
            from provisioning.stripe_customers;
        grant select on public.stripe_customers to authenticated, service_role;
    end if;
    if to_regclass('public.accounts') is null then
        create view public.accounts with (security_invoker = true) as
            select id, created_at, account_number, status, max_devices, cryptotoken, can_add_ports, can_add_devices,
                   max_ports, expiry, apple_receipt, apple_api_response, user_id, marked_inactive_by_user
            from provisioning.accounts;
        grant select on public.accounts to authenticated, service_role;
    end if;
end
$$;

-- The account as its user asks for it over HTTP.
create view provisioning.account_overviews with (security_invoker = true) as
    select a.user_id, u.email, a.account_number, a.status, a.expiry, a.marked_inactive_by_user
    from provisioning.accounts a join provisioning.users u on u.id = a.user_id;
grant select on provisioning.account_overviews to provisioning_service;
