-- What expired is seen like what was spent: it is gone, and nobody gave it back.

create or replace view billing.unit_transactions with (security_invoker = true) as
select md5(e.business_key || '/' || l.line)::uuid as id,
       a.user_id,
       a.unit,
       case l.direction when 'credit' then l.amount else -l.amount end as amount,
       case when e.rule like 'grant%' then 'purchase' when e.rule in ('spend', 'expiry') then 'spend' else 'refund' end as type,
       coalesce(s.description, e.rule) as description,
       s.order_id,
       t.payment_intent_id as stripe_payment_intent_id,
       t.checkout_session_id as stripe_session_id,
       coalesce(s.idempotency_key, e.business_key) as idempotency_key,
       jsonb_build_object('business_key', e.business_key, 'event_id', e.event_id, 'rule', e.rule) as metadata,
       e.occurred_at as created_at,
       e.recorded_at as processed_at
from billing.ledger_accounts a
join billing.entry_lines l on l.account_id = a.account_id
join billing.journal_entries e on e.entry_id = l.entry_id
left join billing.spends s on s.spend_id = case e.rule when 'spend' then split_part(e.business_key, ':', 2)::uuid end
left join billing.settlements t on e.rule like 'grant%' and t.anchor = split_part(e.business_key, ':', 2)
where a.kind = 'user' and a.unit in ('points', 'credits');
