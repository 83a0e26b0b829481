-- Seals for a tenth of the processor time. Putting the text of each entry together was nearly all of it, and whoever books has that at
-- hand: the digest comes with the entry, and a block is made of digests. So what changed between the commit and the seal is seen as
-- well, and a row that is not what its writer meant.

-- The first 16 bytes of the SHA-256 of the entry's text: key, rule, account at Stripe, event, when it happened in microseconds, and each
-- line with the name of its account; texts from outside are preceded by their length, so that no two entries have one text. Null
-- for what was written before, or by hand: then the sealer computes it.
alter table billing.journal_entries
    add column digest bytea,
    add constraint journal_entries_digest_whole check (octet_length(digest) = 16);

-- Form 1 (V021): for each entry its id and the digest of its row. Form 2: its id, when it was written, and the digest that came
-- with it. Blocks stay as they were sealed, and one chain goes through both.
alter table billing.ledger_seals
    add column form smallint not null default 1,
    add constraint ledger_seals_form_known check (form in (1, 2)),
    drop constraint ledger_seals_digests_whole,
    add constraint ledger_seals_digests_whole check (octet_length(digests) = entries * case form when 1 then 24 else 32 end);
alter table billing.ledger_seals alter column form drop default;

create function billing.entry_digest(entry billing.journal_entries) returns bytea
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select substring(sha256(convert_to(concat_ws('|',
             octet_length(entry.business_key) || ':' || entry.business_key, octet_length(entry.rule) || ':' || entry.rule,
             octet_length(entry.stripe_account) || ':' || entry.stripe_account, octet_length(entry.event_id) || ':' || entry.event_id,
             (extract(epoch from entry.occurred_at) * 1000000)::bigint,
             (select string_agg(concat_ws(',', l.line, octet_length(a.name) || ':' || a.name, l.shard, l.direction, l.amount, l.unit), '|'
                                order by l.line)
              from billing.entry_lines l join billing.ledger_accounts a on a.account_id = l.account_id
              where l.entry_id = entry.entry_id)), 'UTF8')) for 16)
$$;

-- Entries are read once, in the order of their ids, which their key gives without a sort.
create or replace function billing.seal_entries(up_to bigint, max_entries integer) returns setof billing.ledger_seals
    language sql
    set search_path = pg_catalog, pg_temp
    set enable_bitmapscan = off
    set enable_seqscan = off
as $$
    with previous as materialized (
      select coalesce(max(seal_id), 0) as seal_id, coalesce(max(last_entry_id), 0) as last_entry_id,
             coalesce(string_agg(hash, ''), decode(repeat('00', 32), 'hex')) as hash
      from (select seal_id, last_entry_id, hash from billing.ledger_seals order by seal_id desc limit 1) last),
    packed as materialized (
      select count(*)::integer as entries, max(entry_id) as last_entry_id, string_agg(text, ''::bytea order by entry_id) as digests
      from (select e.entry_id, int8send(e.entry_id) || timestamptz_send(e.recorded_at) || coalesce(e.digest, billing.entry_digest(e)) as text
            from billing.journal_entries e
            where e.entry_id > (select last_entry_id from previous) and e.entry_id <= up_to
            order by e.entry_id limit max_entries) block)
    insert into billing.ledger_seals (seal_id, first_entry_id, last_entry_id, entries, digests, previous_hash, hash, form)
    select p.seal_id + 1, p.last_entry_id + 1, k.last_entry_id, k.entries, k.digests, p.hash,
           sha256(p.hash || int8send(2) || int8send(p.seal_id + 1) || int8send(p.last_entry_id + 1) || int8send(k.last_entry_id) || k.digests), 2
    from previous p, packed k
    where k.entries > 0
    returning *
$$;

revoke execute on function billing.entry_digest(billing.journal_entries) from public;
grant execute on function billing.entry_digest(billing.journal_entries) to billing_service;
