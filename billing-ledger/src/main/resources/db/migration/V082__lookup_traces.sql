-- In which trace Stripe is asked: that of the event that made us ask.
alter table billing.stripe_lookups
    add column traceparent text,
    add constraint stripe_lookups_traceparent_form check (length(traceparent) = 55);
