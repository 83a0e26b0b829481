-- Blocks of journal entries, sealed after they are committed by a chain of SHA-256: who changes, removes or swaps a row must
-- change its block and every later one, and the head of the chain is told to the world outside. Append-only.

-- digests: for each entry of the block its id (8 bytes) and the first 16 bytes of its digest, so that the row that differs
-- can be named. hash covers all of them, the block's bounds, and the hash before.
create table billing.ledger_seals (
    seal_id bigint not null,
    first_entry_id bigint not null,
    last_entry_id bigint not null,
    entries integer not null,
    digests bytea not null,
    previous_hash bytea not null,
    hash bytea not null,
    recorded_at timestamptz not null default now(),
    constraint ledger_seals_pkey primary key (seal_id),
    constraint ledger_seals_first_once unique (first_entry_id),
    constraint ledger_seals_ids_positive check (seal_id > 0 and first_entry_id > 0 and last_entry_id >= first_entry_id),
    constraint ledger_seals_entries_positive check (entries > 0),
    constraint ledger_seals_digests_whole check (octet_length(digests) = 24 * entries),
    constraint ledger_seals_hashes_whole check (octet_length(hash) = 32 and octet_length(previous_hash) = 32)
);

create trigger ledger_seals_append_only
    before update or delete or truncate on billing.ledger_seals
    for each statement execute function billing.refuse_change();

-- Gives a writer its transaction id before its entries get theirs. So once all transactions are over that began to write
-- before an id was given out, everything up to that id is there, or will never be: it can be sealed.
create function billing.number_transaction() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_current_xact_id();
    return null;
end;
$$;

create trigger journal_entries_numbered
    before insert on billing.journal_entries
    for each statement execute function billing.number_transaction();

-- Seals the next block: at most max_entries entries with ids up to up_to. No row when there are none. The text of an entry is
-- its id, key, rule, account at Stripe, event, both times, and each line with the name of its account; texts from outside
-- are preceded by their length, so that no two entries have one text.
create function billing.seal_entries(up_to bigint, max_entries integer) returns setof billing.ledger_seals
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    with previous as (
      select coalesce(max(seal_id), 0) as seal_id, coalesce(max(last_entry_id), 0) as last_entry_id,
             coalesce((select hash from billing.ledger_seals order by seal_id desc limit 1),
                      decode(repeat('00', 32), 'hex')) as hash
      from billing.ledger_seals),
    block as materialized (
      select e.* from billing.journal_entries e
      where e.entry_id > (select last_entry_id from previous) and e.entry_id <= up_to
      order by e.entry_id limit max_entries),
    lines as (
      select l.entry_id,
             string_agg(concat('|', l.line, ',', octet_length(a.name), ':', a.name, ',', l.shard, ',', l.direction, ',',
                               l.amount, ',', l.unit), '' order by l.line) as text
      from billing.entry_lines l join billing.ledger_accounts a on a.account_id = l.account_id
      where l.entry_id > (select last_entry_id from previous) and l.entry_id <= (select max(entry_id) from block)
      group by l.entry_id),
    digests as (
      select b.entry_id,
             substring(sha256(convert_to(concat(
               b.entry_id, '|', octet_length(b.business_key), ':', b.business_key, '|', octet_length(b.rule), ':', b.rule,
               '|', octet_length(b.stripe_account), ':', b.stripe_account, '|', octet_length(b.event_id), ':', b.event_id,
               '|', (extract(epoch from b.occurred_at) * 1000000)::bigint,
               '|', (extract(epoch from b.recorded_at) * 1000000)::bigint, l.text), 'UTF8')) for 16) as digest
      from block b left join lines l on l.entry_id = b.entry_id),
    packed as (
      select count(*)::integer as entries, max(entry_id) as last_entry_id,
             string_agg(int8send(entry_id) || digest, ''::bytea order by entry_id) as digests
      from digests)
    insert into billing.ledger_seals (seal_id, first_entry_id, last_entry_id, entries, digests, previous_hash, hash)
    select p.seal_id + 1, p.last_entry_id + 1, k.last_entry_id, k.entries, k.digests, p.hash,
           sha256(p.hash || int8send(p.seal_id + 1) || int8send(p.last_entry_id + 1) || int8send(k.last_entry_id) || k.digests)
    from previous p, packed k
    where k.entries > 0
    returning *
$$;

alter table billing.ledger_seals enable row level security;
alter table billing.ledger_seals force row level security;
create policy service_all on billing.ledger_seals for all to billing_service using (true) with check (true);

grant select, insert on billing.ledger_seals to billing_service;
grant select on sequence billing.journal_entries_entry_id_seq to billing_service;
revoke execute on function billing.seal_entries(bigint, integer) from public;
grant execute on function billing.seal_entries(bigint, integer) to billing_service;
