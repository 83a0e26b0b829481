-- What was told to be owed when time was taken back that had been used up, so that giving the time back forgives just that.
alter table provisioning.account_extensions
    add column owed_seconds bigint not null default 0,
    add constraint account_extensions_owed_by_takings check (owed_seconds >= 0 and (kind = 'take' or owed_seconds = 0));
