-- How much there is of a product is seen by whom the product is listed for.

alter table billing.product_inventory enable row level security;
alter table billing.product_inventory force row level security;
create policy service_all on billing.product_inventory for all to billing_service using (true) with check (true);
create policy listed on billing.product_inventory for select to anon, authenticated using (exists (
    select from billing.shop_products p where p.product_id = product_inventory.product_id and p.active));
create policy backend_reads on billing.product_inventory for select to service_role using (true);
