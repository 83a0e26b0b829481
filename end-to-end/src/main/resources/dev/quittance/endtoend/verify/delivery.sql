-- What is still on its way, and what people should look at.

-- SOON: every outbox is empty
select slice || ' holds ' || events || ', the oldest since ' || oldest
from (select 'provisioning' as slice, count(*) as events, min(recorded_at) as oldest from provisioning.outbox
      union all select 'billing', count(*), min(recorded_at) from billing.outbox
      union all select 'voucher', count(*), min(recorded_at) from voucher.outbox) o
where events > 0
order by 1;

-- MUST: every parked event is claimed, so that its repetition is known
select p.slice || ' ' || p.event_id
from (select 'provisioning' as slice, p.* from provisioning.parked p
      where not exists (select from provisioning.inbox i
                        where (i.consumer_group, i.account, i.event_id) = (p.consumer_group, p.account, p.event_id))
      union all
      select 'billing', p.* from billing.parked p
      where not exists (select from billing.inbox i
                        where (i.consumer_group, i.account, i.event_id) = (p.consumer_group, p.account, p.event_id))
      union all
      select 'voucher', p.* from voucher.parked p
      where not exists (select from voucher.inbox i
                        where (i.consumer_group, i.account, i.event_id) = (p.consumer_group, p.account, p.event_id))) p
order by 1;

-- SHOULD: nothing is parked for longer than ten minutes
select slice || ' ' || event_type || ' ' || event_id || ' waits for ' || waits_for || ' (' || reason || ')'
from (select 'provisioning' as slice, * from provisioning.parked
      union all select 'billing', * from billing.parked
      union all select 'voucher', * from voucher.parked) p
where recorded_at < now() - interval '10 minutes' and waits_for not like 'operator:%'
order by 1;

-- SHOULD: nothing waits for an operator
select slice || ' ' || event_type || ' ' || event_id || ' waits for ' || waits_for || ' (' || reason || ')'
from (select 'provisioning' as slice, * from provisioning.parked
      union all select 'billing', * from billing.parked
      union all select 'voucher', * from voucher.parked) p
where waits_for like 'operator:%'
order by 1;

-- SHOULD: no event id came with two bodies
select slice || ' ' || event_type || ' ' || event_id
from (select 'provisioning' as slice, * from provisioning.inbox_conflicts
      union all select 'billing', * from billing.inbox_conflicts
      union all select 'voucher', * from voucher.inbox_conflicts) c
order by 1;

-- SHOULD: no identity is disputed
select stripe_account || '/' || subject || ' ' || reason from provisioning.identity_mismatches
order by 1;

-- SHOULD: Stripe has answered every question within ten minutes
select kind || ' ' || object_id || ' after ' || attempts || ' attempts' from billing.stripe_lookups
where outcome is null and recorded_at < now() - interval '10 minutes'
order by 1;
