-- What webhook-ingest tells an operator of this slice: what became of events, and what they did to an account's time. Two questions
-- that anybody who may ask gets answered, and no table; ids, codes and times, no bodies and nothing personal.

create index account_extensions_target on provisioning.account_extensions (target) where target is not null;

create function provisioning.event_outcomes(accounts text[], events text[])
    returns table (account text, event_id text, service text, outcome text, waits_for text, reason text, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    select i.account, i.event_id, i.consumer_group, i.outcome, null, null, i.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join provisioning.inbox i
      on i.consumer_group = 'provisioning-service' and i.account = q.account and i.event_id = q.event_id
    union all
    select p.account, p.event_id, p.consumer_group, 'parked', p.waits_for, p.reason, p.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join provisioning.parked p
      on p.consumer_group = 'provisioning-service' and p.account = q.account and p.event_id = q.event_id
    union all
    select c.account, c.event_id, c.consumer_group, 'conflict', null, null, c.recorded_at
    from unnest(accounts, events) as q (account, event_id)
    join provisioning.inbox_conflicts c
      on c.consumer_group = 'provisioning-service' and c.account = q.account and c.event_id = q.event_id
$$;

-- The time that these vouchers and invoices gave, and what was taken of it and given back.
create function provisioning.expiry_changes(vouchers uuid[], invoices text[])
    returns table (kind text, voucher_id uuid, invoice_id text, account_number text, months integer, days integer,
                   seconds bigint, previous_expiry timestamptz, new_expiry timestamptz, cause text, recorded_at timestamptz)
    language sql stable security definer set search_path = '' as $$
    with given as (
      select e.* from provisioning.account_extensions e
      where e.business_key in (select 'expiry:' || v from unnest(vouchers) as v)
      union
      select e.* from provisioning.account_extensions e where e.invoice_id = any (invoices)),
    moves as (
      select g.* from given g
      union
      select e.* from provisioning.account_extensions e join given g on e.target = g.business_key)
    select m.kind, m.voucher_id, m.invoice_id, m.account_number, m.months, m.days, m.seconds, m.previous_expiry, m.new_expiry,
           m.cause_event_id, m.recorded_at
    from moves m order by m.id limit 500
$$;

revoke execute on function provisioning.event_outcomes(text[], text[]), provisioning.expiry_changes(uuid[], text[]) from public;
grant usage on schema provisioning to ingest_service;
grant execute on function provisioning.event_outcomes(text[], text[]), provisioning.expiry_changes(uuid[], text[])
    to ingest_service;
