-- Checkout at Stripe's page.

-- Fixed when Stripe is asked first, so that it is asked again in the same words; empty for nobody's.
alter table billing.orders add column customer_id text;

-- Whether somebody who checks out is a customer already.
create index customers_of_user on billing.customers (user_id, recorded_at);
