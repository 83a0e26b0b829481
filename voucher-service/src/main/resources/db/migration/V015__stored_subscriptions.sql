-- A voucher refers to the subscription that it was sold for. Its payment may be told before provisioning has the subscription:
-- who paid does not wait for that, so what is stored is referred to from when it is stored.
alter table voucher.vouchers
    add column stored_subscription_id text,
    add constraint vouchers_stored_subscription_is_its_own check (stored_subscription_id = subscription_id),
    add constraint vouchers_subscription_id_fkey foreign key (stripe_account, stored_subscription_id)
        references provisioning.subscriptions (stripe_account, id) on delete set null (stored_subscription_id);

create index vouchers_of_stored_subscription on voucher.vouchers (stripe_account, stored_subscription_id)
    where stored_subscription_id is not null;

-- The owner is held to row security as well; what is here already is brought in step without it.
alter table voucher.vouchers no force row level security;
update voucher.vouchers v set stored_subscription_id = v.subscription_id, updated_by = 'migration'
where exists (select from provisioning.subscriptions s where s.stripe_account = v.stripe_account and s.id = v.subscription_id);
alter table voucher.vouchers force row level security;
