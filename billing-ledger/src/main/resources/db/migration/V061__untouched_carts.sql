-- Which carts nobody has touched for long.
create index cart_items_untouched on billing.cart_items (updated_at);
