-- The shop under the names that a frontend expects; only where nobody has taken them (public.products is the plans' where
-- provisioning publishes them, so the shop's are public.shop_products in any case). The tables' row security decides who sees what.

do $$
declare
    name text;
begin
    foreach name in array array['shop_products', 'products']
    loop
        if to_regclass('public.' || name) is null then
            execute format(
                'create view public.%I with (security_invoker = true) as
                 select p.product_id as id, p.name, p.description, p.type, p.price_minor as price_cents, p.currency,
                        p.price_points as points_price, p.image_url, p.active, i.available as stock_quantity,
                        p.created_at, p.updated_at
                 from billing.shop_products p left join billing.product_inventory i on i.product_id = p.product_id', name);
            execute format('grant select on public.%I to anon, authenticated, service_role', name);
        end if;
    end loop;
    if to_regclass('public.cart_items') is null then
        create view public.cart_items with (security_invoker = true) as
        select md5(user_id::text || '/' || product_id::text)::uuid as id, user_id, product_id, quantity, created_at, updated_at
        from billing.cart_items;
        grant select on public.cart_items to authenticated, service_role;
    end if;
    if to_regclass('public.orders') is null then
        create view public.orders with (security_invoker = true) as
        select order_id as id, user_id, total_minor as total_cents, currency, total_points, payment_method,
               stripe_payment_intent_id, checkout_session_id as stripe_session_id, status, fulfilled_at, tracking_info, created_at,
               updated_at
        from billing.orders;
        grant select on public.orders to authenticated, service_role;
    end if;
    if to_regclass('public.order_items') is null then
        create view public.order_items with (security_invoker = true) as
        select md5(order_id::text || '/' || line)::uuid as id, order_id, product_id, type, name, quantity,
               unit_price_minor as price_cents, unit_price_points as price_points, fulfilled_at, created_at
        from billing.order_items;
        grant select on public.order_items to authenticated, service_role;
    end if;
end
$$;
