-- The double-entry journal. Every entry sums to zero in each of its units; nothing is ever changed; a business key is booked
-- once; a balance is the sum of its lines. All of it is enforced here, whoever writes.

-- A unit is a currency, points or credits. Users' accounts never go below zero; house accounts may.
create table billing.ledger_accounts (
    account_id bigint generated always as identity,
    name text not null,
    kind text not null,
    unit text not null,
    user_id uuid,
    recorded_at timestamptz not null default now(),
    constraint ledger_accounts_pkey primary key (account_id),
    constraint ledger_accounts_name_once unique (name),
    constraint ledger_accounts_kind_known check (kind in ('house', 'user')),
    constraint ledger_accounts_unit_known check (unit ~ '^[A-Z]{3}$' or unit in ('points', 'credits')),
    constraint ledger_accounts_user_where_it_is_one check ((kind = 'user') = (user_id is not null)),
    constraint ledger_accounts_user_fkey foreign key (user_id) references provisioning.users (id)
);
create index ledger_accounts_user on billing.ledger_accounts (user_id) where user_id is not null;

-- occurred_at: when it happened at Stripe. recorded_at: when it was written. event_id: the event that caused it.
create table billing.journal_entries (
    entry_id bigint generated always as identity,
    business_key text not null,
    rule text not null,
    stripe_account text not null default '',
    event_id text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint journal_entries_pkey primary key (entry_id),
    constraint journal_entries_business_key_once unique (business_key)
);

-- No keys to entries and accounts: both are found in the statement that writes the lines, and two keys cost half as much
-- again as everything else. The trigger below refuses a line whose account is not there or counts in another unit.
create table billing.entry_lines (
    entry_id bigint not null,
    line smallint not null,
    account_id bigint not null,
    shard smallint not null,
    direction text not null,
    amount bigint not null,
    unit text not null,
    constraint entry_lines_pkey primary key (entry_id, line),
    constraint entry_lines_direction_known check (direction in ('debit', 'credit')),
    constraint entry_lines_amount_positive check (amount > 0),
    constraint entry_lines_shard_not_negative check (shard >= 0)
);
create index entry_lines_account on billing.entry_lines (account_id, entry_id);

-- A busy house account is spread over shards, so that consumers do not queue for one row; its balance is their sum.
-- floored repeats that the account is a user's: a check sees one row only.
create table billing.balances (
    account_id bigint not null,
    shard smallint not null,
    floored boolean not null,
    debits bigint not null default 0,
    credits bigint not null default 0,
    version bigint not null default 0,
    constraint balances_pkey primary key (account_id, shard),
    constraint balances_account_fkey foreign key (account_id) references billing.ledger_accounts (account_id),
    constraint balances_sides_not_negative check (debits >= 0 and credits >= 0),
    constraint balances_users_not_below_zero check (not floored or credits >= debits),
    constraint balances_users_not_sharded check (not floored or shard = 0)
) with (fillfactor = 50);

create function billing.check_new_lines() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- Both rules in one pass, since every batch pays for it; which one was broken is asked only when one was.
    if not exists (
        select from new_lines l
        left join billing.ledger_accounts a on a.account_id = l.account_id
        group by l.entry_id, l.unit
        having sum(case l.direction when 'debit' then l.amount else -l.amount end) <> 0
            or bool_or(a.unit is distinct from l.unit))
    then
        return null;
    end if;
    if exists (
        select from new_lines l
        left join billing.ledger_accounts a on a.account_id = l.account_id
        where a.unit is distinct from l.unit)
    then
        raise exception 'a line is not in its account''s unit'
            using errcode = 'check_violation', constraint = 'entry_lines_unit_of_account', table = 'entry_lines';
    end if;
    raise exception 'an entry does not sum to zero'
        using errcode = 'check_violation', constraint = 'entry_lines_sum_to_zero', table = 'entry_lines';
end;
$$;

create trigger entry_lines_balanced
    after insert on billing.entry_lines
    referencing new table as new_lines
    for each statement execute function billing.check_new_lines();

create function billing.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '% is append-only', tg_table_name
        using errcode = 'restrict_violation', constraint = tg_table_name || '_append_only', table = tg_table_name;
end;
$$;

create trigger journal_entries_append_only
    before update or delete or truncate on billing.journal_entries
    for each statement execute function billing.refuse_change();
create trigger entry_lines_append_only
    before update or delete or truncate on billing.entry_lines
    for each statement execute function billing.refuse_change();
create trigger settlements_append_only
    before update or delete or truncate on billing.settlements
    for each statement execute function billing.refuse_change();

grant select, insert on billing.ledger_accounts, billing.journal_entries, billing.entry_lines to billing_service;
-- Balances are locked and moved, and their accounts never renamed.
grant select, insert, update on billing.balances to billing_service;
