-- A voucher of a subscription refers to it: its slice may know the key, and nothing else.
create policy subscriptions_keys on provisioning.subscriptions for select to voucher_owner, voucher_service using (true);
grant select (stripe_account, id), references (stripe_account, id) on provisioning.subscriptions to voucher_owner;
grant select (stripe_account, id) on provisioning.subscriptions to voucher_service;
