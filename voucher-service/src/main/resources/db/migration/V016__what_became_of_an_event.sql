-- What webhook-ingest tells an operator of this slice: what became of events, and which vouchers a purchase has. Two questions that
-- anybody who may ask gets answered, and no table; nothing that leads back to a code, and nothing personal.

-- The owner of the tables may do just this past their row security.
create policy vouchers_told on voucher.vouchers for select to voucher_owner using (true);

create function voucher.event_outcomes(accounts text[], events text[])
    returns table (account text, event_id text, service text, outcome text, waits_for text, reason text, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    select i.account, i.event_id, i.consumer_group, i.outcome, null, null, i.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join voucher.inbox i on i.consumer_group = 'voucher-service' and i.account = q.account and i.event_id = q.event_id
    union all
    select p.account, p.event_id, p.consumer_group, 'parked', p.waits_for, p.reason, p.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join voucher.parked p on p.consumer_group = 'voucher-service' and p.account = q.account and p.event_id = q.event_id
    union all
    select c.account, c.event_id, c.consumer_group, 'conflict', null, null, c.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join voucher.inbox_conflicts c
      on c.consumer_group = 'voucher-service' and c.account = q.account and c.event_id = q.event_id
$$;

create function voucher.purchase_vouchers(accounts text[], anchors text[])
    returns table (voucher_id uuid, anchor text, unit integer, origin text, status text, months integer, days integer,
                   subscription_id text, revoked_by text, created_at timestamptz, used_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    with found as (
      select v.id from unnest(anchors) as q (anchor) join voucher.vouchers v on v.anchor = q.anchor
      union
      select v.id from unnest(anchors) as q (anchor) join voucher.vouchers v on v.paid_anchor = q.anchor
      union
      select v.id from unnest(accounts, anchors) as q (account, anchor)
      join voucher.vouchers v on v.stripe_account = q.account and v.payment_intent_id = q.anchor)
    select v.id, v.anchor, v.unit, v.origin, v.status, v.duration_months, v.duration_days, v.subscription_id, v.revocation,
           v.created_at, v.used_at
    from found f join voucher.vouchers v on v.id = f.id
    order by v.created_at, v.anchor, v.unit limit 500
$$;

revoke execute on function voucher.event_outcomes(text[], text[]), voucher.purchase_vouchers(text[], text[]) from public;
grant usage on schema voucher to ingest_service;
grant execute on function voucher.event_outcomes(text[], text[]), voucher.purchase_vouchers(text[], text[]) to ingest_service;
