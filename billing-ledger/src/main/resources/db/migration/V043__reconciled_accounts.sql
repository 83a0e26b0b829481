-- A run is of one account at Stripe: our own, or one that is connected to it and has a balance of its own.
alter table billing.reconciliation_runs
    add column stripe_account text not null default '';

drop index billing.reconciliation_runs_payout_at_once;
create unique index reconciliation_runs_payout_at_once on billing.reconciliation_runs (stripe_account, payout_id)
    where state = 'running';
