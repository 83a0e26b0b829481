-- A ledger as many write it, for comparison: one function call and one transaction for each transfer. It locks both accounts in
-- order, writes two entries with the balance after each, and moves both balances.
create schema transfer;
create table transfer.accounts (
    id bigint primary key,
    balance bigint not null default 0,
    version bigint not null default 0);
create table transfer.transfers (
    id bigint generated always as identity primary key,
    event_id text not null unique,
    from_account bigint not null references transfer.accounts (id),
    to_account bigint not null references transfer.accounts (id),
    amount bigint not null check (amount > 0),
    recorded_at timestamptz not null default now());
create table transfer.entries (
    id bigint generated always as identity primary key,
    transfer_id bigint not null references transfer.transfers (id),
    account_id bigint not null references transfer.accounts (id),
    amount bigint not null,
    balance bigint not null,
    version bigint not null);
create index entries_account on transfer.entries (account_id);

create function transfer.transfer(event text, source bigint, target bigint, value bigint) returns bigint
    language plpgsql
as $$
declare
    made bigint;
begin
    perform 1 from transfer.accounts where id in (source, target) order by id for update;
    insert into transfer.transfers (event_id, from_account, to_account, amount)
    values (event, source, target, value) on conflict (event_id) do nothing returning id into made;
    if made is null then
        return null;
    end if;
    update transfer.accounts set balance = balance - value, version = version + 1 where id = source;
    insert into transfer.entries (transfer_id, account_id, amount, balance, version)
    select made, id, -value, balance, version from transfer.accounts where id = source;
    update transfer.accounts set balance = balance + value, version = version + 1 where id = target;
    insert into transfer.entries (transfer_id, account_id, amount, balance, version)
    select made, id, value, balance, version from transfer.accounts where id = target;
    return made;
end;
$$;
insert into transfer.accounts (id) select n from generate_series(1, 3) n;
grant usage on schema transfer to billing_service;
grant select, insert, update on all tables in schema transfer to billing_service;
