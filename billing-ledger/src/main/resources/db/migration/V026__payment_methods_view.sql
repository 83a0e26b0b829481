-- How a user pays, under the name that a frontend expects; only where nobody has taken it.
do $$
begin
    if to_regclass('public.payment_methods') is null then
        create view public.payment_methods with (security_invoker = true) as
        select md5(m.stripe_account || '/' || m.payment_method_id)::uuid as id,
               m.payment_method_id as stripe_payment_method_id,
               m.kind as type,
               m.last_four,
               m.expires_month as exp_month,
               m.expires_year as exp_year,
               c.user_id as customer_id,
               m.created_at,
               m.version_at as updated_at
        from billing.payment_methods m
        join billing.customers c on c.stripe_account = m.stripe_account and c.customer_id = m.customer_id
        where not m.detached;
        grant select on public.payment_methods to authenticated;
    end if;
end
$$;
