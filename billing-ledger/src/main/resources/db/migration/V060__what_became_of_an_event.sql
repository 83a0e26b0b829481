-- What webhook-ingest tells an operator of this slice: what became of events, what they booked, and which purchase they belong to.
-- Three questions that anybody who may ask gets answered, and no table; ids, codes, amounts and times, no bodies and nothing personal.

-- Looked up by people, and written at every posting: a summary of each run of rows costs next to nothing to write.
create index journal_entries_event on billing.journal_entries
    using brin (event_id text_bloom_ops (n_distinct_per_range = 2500)) with (pages_per_range = 32, autosummarize = on);

-- The owner of the tables may do just this past their row security.
create policy told_of_events on billing.journal_entries for select to billing_owner using (true);
create policy told_of_events on billing.ledger_accounts for select to billing_owner using (true);
create policy told_of_events on billing.settlements for select to billing_owner using (true);

create function billing.event_outcomes(accounts text[], events text[])
    returns table (account text, event_id text, service text, outcome text, waits_for text, reason text, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    select i.account, i.event_id, i.consumer_group, i.outcome, null, null, i.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join billing.inbox i on i.consumer_group = 'billing-ledger' and i.account = q.account and i.event_id = q.event_id
    union all
    select p.account, p.event_id, p.consumer_group, 'parked', p.waits_for, p.reason, p.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join billing.parked p on p.consumer_group = 'billing-ledger' and p.account = q.account and p.event_id = q.event_id
    union all
    select c.account, c.event_id, c.consumer_group, 'conflict', null, null, c.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join billing.inbox_conflicts c
      on c.consumer_group = 'billing-ledger' and c.account = q.account and c.event_id = q.event_id
$$;

create function billing.event_entries(accounts text[], events text[])
    returns table (account text, event_id text, entry_id bigint, business_key text, rule text, lines jsonb,
                   occurred_at timestamptz, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    select e.stripe_account, e.event_id, e.entry_id, e.business_key, e.rule,
           (select jsonb_agg(jsonb_build_object(
                       'account', a.name, 'direction', l.direction, 'amount', l.amount, 'unit', l.unit) order by l.line)
            from billing.entry_lines l join billing.ledger_accounts a on a.account_id = l.account_id
            where l.entry_id = e.entry_id),
           e.occurred_at, e.recorded_at
    from billing.journal_entries e
    where e.event_id = any (events)
      and exists (select from unnest(accounts, events) as q (account, event_id)
                  where q.account = e.stripe_account and q.event_id = e.event_id)
    order by e.entry_id limit 500
$$;

-- By a payment intent, a checkout session or an invoice. told_event is the id of the PaymentSettled that the others were told.
create function billing.event_purchases(accounts text[], keys text[])
    returns table (account text, key text, anchor text, payment_intent_id text, amount_minor bigint, currency text,
                   points bigint, credits bigint, vouchers integer, told_event text, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    with found as (
      select q.account, q.key, s.anchor from unnest(accounts, keys) as q (account, key)
      join billing.settlements s on s.anchor = q.key and s.stripe_account = q.account
      union
      select q.account, q.key, s.anchor from unnest(accounts, keys) as q (account, key)
      join billing.settlements s on s.payment_intent_id = q.key and s.stripe_account = q.account
      union
      select q.account, q.key, s.anchor from unnest(accounts, keys) as q (account, key)
      join billing.checkout_sessions c on c.checkout_session_id = q.key and c.stripe_account = q.account
      join billing.settlements s on s.anchor in (c.payment_intent_id, c.invoice_id, c.checkout_session_id)),
    named as (
      select f.*, decode(md5('PaymentSettled:settled:' || f.anchor), 'hex') as digest from found f)
    select n.account, n.key, s.anchor, s.payment_intent_id, s.amount_minor, s.currency::text, s.points, s.credits, s.vouchers,
           encode(set_byte(set_byte(n.digest, 6, (get_byte(n.digest, 6) & 15) | 48), 8, (get_byte(n.digest, 8) & 63) | 128),
                  'hex')::uuid::text,
           s.recorded_at
    from named n join billing.settlements s on s.anchor = n.anchor
$$;

create policy told_of_events on billing.checkout_sessions for select to billing_owner using (true);

revoke execute on function billing.event_outcomes(text[], text[]), billing.event_entries(text[], text[]),
    billing.event_purchases(text[], text[]) from public;
grant usage on schema billing to ingest_service;
grant execute on function billing.event_outcomes(text[], text[]), billing.event_entries(text[], text[]),
    billing.event_purchases(text[], text[]) to ingest_service;
