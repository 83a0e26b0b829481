-- Subscriptions and the access that they give. MUST holds at every moment, SOON once everything on its way has arrived.

-- MUST: what stands of a subscription is what Stripe told of it in one of its events
select s.stripe_account || '/' || s.id || ' stands by ' || s.head_event_id || ', which said nothing of it'
from provisioning.subscriptions s
where not exists (select from provisioning.subscription_states t
                  where (t.stripe_account, t.event_id, t.subscription_id) = (s.stripe_account, s.head_event_id, s.id))
order by 1;

-- MUST: a subscription is paid for as far as its paid invoices reach
select s.stripe_account || '/' || s.id || ' is paid until ' || coalesce(s.paid_until::text, 'nothing') || ', by its invoices until '
       || coalesce(p.paid_until::text, 'nothing')
from provisioning.subscriptions s
cross join lateral (select case when s.status = 'canceled' then least(max(i.period_end), max(i.credited_from))
                                else max(i.period_end) end as paid_until
                    from provisioning.subscription_invoices i
                    where (i.stripe_account, i.subscription_id) = (s.stripe_account, s.id) and i.paid_at is not null) p
where s.paid_until is distinct from p.paid_until
order by 1;

-- MUST: access has a reason, and an end only while it is given
select account_number || ' is ' || case when granted then 'granted' else 'refused' end || ' until ' || coalesce(until::text, 'no end')
       || ' for ' || cardinality(reasons) || ' reasons'
from provisioning.account_access
where cardinality(reasons) = 0 or (not granted and until is not null)
order by 1;

-- SOON: voucher has heard of every subscription what provisioning told of it last
select s.stripe_account || '/' || s.id || ' was told as ' || s.revision || ' and is known as ' || coalesce(v.revision::text, 'nothing')
from provisioning.subscriptions s
left join voucher.subscription_states v on v.stripe_account = s.stripe_account and v.subscription_id = s.id
where s.told is not null and s.revision is distinct from v.revision
order by 1;

-- SHOULD: access that may have ended with time is looked at within ten minutes
select account_number || ' since ' || review_at from provisioning.account_access
where review_at < now() - interval '10 minutes'
order by 1;

-- SHOULD: nobody pays for two live subscriptions
select user_id || ' has ' || string_agg(stripe_account || '/' || id, ', ' order by stripe_account, id)
from provisioning.subscriptions where status in ('active', 'trialing', 'past_due')
group by user_id having count(*) > 1
order by 1;

-- SOON: no invoice waits for lines that are here
select p.event_id from provisioning.parked p
where exists (select from provisioning.invoice_lines l
              where l.outcome = 'done' and p.waits_for = 'lines:' || l.stripe_account || '/' || l.invoice_id)
order by 1;
