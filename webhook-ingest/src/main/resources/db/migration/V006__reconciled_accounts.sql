-- Connected accounts have events of their own, and lists of their own.
alter table ingest.reconciliation_runs add column account text not null default '';
drop index ingest.reconciliation_runs_one_at_a_time;
create unique index reconciliation_runs_one_at_a_time on ingest.reconciliation_runs (scope, account)
    where state in ('listing', 'publishing');
