-- From the payment to the voucher's time. MUST holds at every moment, SOON once everything on its way has arrived.

-- MUST: every settlement's grants are booked for its user, and no other grant is
select coalesce(w.key, e.business_key)
       || case when e.business_key is null then ' is not booked'
               when w.key is null then ' has no settlement'
               else ' is booked as ' || coalesce(e.amount::text, 'nothing') || ' of ' || coalesce(e.account, 'nobody')
                    || ' and should be ' || w.amount || ' of ' || w.account end
from (select 'grant:' || anchor || ':points' as key, points as amount, user_id || ' in points' as account
      from billing.settlements where points > 0
      union all
      select 'grant:' || anchor || ':credits', credits, user_id || ' in credits'
      from billing.settlements where credits > 0) w
full join (select j.business_key, sum(l.amount) as amount, min(a.user_id || ' in ' || a.unit) as account
           from billing.journal_entries j
           left join (billing.entry_lines l join billing.ledger_accounts a on a.account_id = l.account_id and a.kind <> 'house')
                  on l.entry_id = j.entry_id and l.direction = 'credit'
           where j.business_key like 'grant:%'
           group by j.entry_id, j.business_key) e on e.business_key = w.key
where (w.key, w.amount, w.account) is distinct from (e.business_key, e.amount, e.account)
order by 1;

-- MUST: every settlement of a session has it paid, and every session at most one settlement
select s.anchor || case when c.checkout_session_id is null then ' has no session'
                        when c.payment_status not in ('paid', 'no_payment_required') then ' has an unpaid session'
                        else ' shares its session' end
from billing.settlements s
left join billing.checkout_sessions c using (stripe_account, checkout_session_id)
where s.checkout_session_id is not null
  and (c.checkout_session_id is null or c.payment_status not in ('paid', 'no_payment_required')
       or 1 < (select count(*) from billing.settlements o
               where o.stripe_account = s.stripe_account and o.checkout_session_id = s.checkout_session_id))
order by 1;

-- MUST: every settlement without a session is of a paid invoice of its customer, or of a payment of its own
select s.anchor || case when s.payment_intent_id is not null then ' has a payment that names no terms'
                        when i.invoice_id is null then ' has no invoice'
                        when i.status <> 'paid' then ' has an invoice that is ' || i.status else ' is of another''s invoice' end
from billing.settlements s
left join billing.invoices i on i.stripe_account = s.stripe_account and i.invoice_id = s.anchor
left join billing.customers c on c.stripe_account = i.stripe_account and c.customer_id = i.customer_id
left join billing.payment_intents p on p.stripe_account = s.stripe_account and p.payment_intent_id = s.payment_intent_id
where s.checkout_session_id is null
  and case when s.payment_intent_id is not null then s.anchor <> s.payment_intent_id or p.metadata is null
           else i.status is distinct from 'paid' or c.user_id is distinct from s.user_id end
order by 1;

-- MUST: every settlement with a payment has that payment's money
select s.anchor || ' has no succeeded payment'
from billing.settlements s
where s.payment_intent_id is not null and s.amount_minor > 0
  and not exists (select from billing.charges c
                  where c.stripe_account = s.stripe_account and c.payment_intent_id = s.payment_intent_id and c.paid)
  and not exists (select from billing.payment_intents p
                  where p.stripe_account = s.stripe_account and p.payment_intent_id = s.payment_intent_id
                    and p.status = 'succeeded')
order by 1;

-- MUST: every settlement's account is its user's
select s.anchor || ' names account ' || s.account_number
from billing.settlements s
left join provisioning.accounts a on a.account_number = s.account_number and a.user_id = s.user_id
where a.id is null
order by 1;

-- MUST: every voucher has a settlement of its owner that bought it
select 'voucher ' || v.id || ' of ' || v.anchor || ' unit ' || v.unit
       || case when s.anchor is null then ' has no settlement'
               when s.user_id <> v.owner_user_id then ' is not the buyer''s' else ' was not bought' end
from voucher.vouchers v left join billing.settlements s on s.anchor = coalesce(v.paid_anchor, v.anchor)
where (v.origin = 'purchase' or v.paid_anchor is not null) and (s.anchor is null or s.user_id <> v.owner_user_id or v.unit > s.vouchers)
order by 1;

-- MUST: every unit of a purchase has one voucher
select anchor || ' unit ' || unit || ' has ' || count(*)
from voucher.vouchers group by anchor, unit having count(*) > 1
order by 1;

-- SOON: every voucher that was bought is there
select s.anchor || ' has ' || count(v.id) || ' of ' || s.vouchers
from billing.settlements s left join voucher.vouchers v on v.anchor = s.anchor or v.paid_anchor = s.anchor
group by s.anchor, s.vouchers having count(v.id) <> s.vouchers
order by 1;

-- MUST: a voucher is used exactly when it has a redemption, for the same account
select 'voucher ' || coalesce(v.id, r.voucher_id) || ' is ' || coalesce(v.status, 'missing')
       || case when r.voucher_id is null then ' without a redemption'
               when count(*) over (partition by r.voucher_id) > 1 then ' with several redemptions'
               else ' with a redemption for ' || r.account_number end
from voucher.vouchers v full join voucher.voucher_redemptions r on r.voucher_id = v.id
where (v.id is null or r.voucher_id is null or v.associated_account is distinct from r.account_number
       or not v.is_used or v.status not in ('redeemed', 'reversed')
       or 1 < (select count(*) from voucher.voucher_redemptions o where o.voucher_id = r.voucher_id))
  and (r.voucher_id is not null or v.is_used or v.status in ('redeemed', 'reversed'))
order by 1;

-- MUST: every extension has the redemption that caused it, with its account and its term
select e.business_key || case when r.voucher_id is null then ' has no redemption'
                              when r.account_number <> e.account_number then ' extends another account'
                              else ' has another term' end
from provisioning.account_extensions e
left join voucher.voucher_redemptions r on r.voucher_id = e.voucher_id and e.business_key = 'expiry:' || r.voucher_id
left join voucher.vouchers v on v.id = r.voucher_id
where e.kind = 'extend' and e.voucher_id is not null
  and (r.voucher_id is null or r.account_number <> e.account_number
    or (e.months, e.days) is distinct from (v.duration_months, v.duration_days))
order by 1;

-- SOON: every redemption has moved its account's expiry, once
select 'voucher ' || r.voucher_id || ' moved account ' || r.account_number || ' ' || count(e.id) || ' times'
from voucher.voucher_redemptions r left join provisioning.account_extensions e on e.voucher_id = r.voucher_id
                                                                       and e.kind = 'extend'
group by r.voucher_id, r.account_number having count(e.id) <> 1
order by 1;

-- MUST: an account's extensions follow each other
select e.business_key || ' starts at ' || coalesce(e.previous_expiry::text, 'nothing') || ', the one before ends at '
       || coalesce(e.before::text, 'nothing')
from (select *, lag(new_expiry) over (partition by account_number order by id) as before
      from provisioning.account_extensions) e
where e.previous_expiry is distinct from e.before
order by 1;

-- MUST: an extension adds its term to the expiry, or to the moment from which it counts when that was past
select e.business_key || ' ends at ' || e.new_expiry
from (select *, make_interval(months => months, days => days, secs => seconds) as term,
             greatest(previous_expiry, starts_at) at time zone 'UTC' as utc_from, new_expiry at time zone 'UTC' as utc_new,
             max(starts_at) over (partition by account_number order by id rows between unbounded preceding and 1 preceding)
               as latest_before
      from provisioning.account_extensions) e
where e.kind = 'extend' and (e.latest_before is null or e.latest_before < e.starts_at)
  and e.utc_new is distinct from e.utc_from + e.term
order by 1;

-- MUST: what is taken from an account never takes more than there was after the moment
select e.business_key || ' takes down to ' || e.new_expiry
from provisioning.account_extensions e
where e.kind = 'take' and e.new_expiry < least(e.previous_expiry, e.starts_at)
order by 1;

-- MUST: time that was taken was given before, and time that was given back was taken before
select e.business_key || ' has nothing to undo'
from provisioning.account_extensions e
where e.kind <> 'extend' and e.voucher_id is not null
  and not exists (select from provisioning.account_extensions o
                  where o.id < e.id and o.account_number = e.account_number
                    and (o.business_key = e.target or e.kind = 'give' and o.target = e.target and o.kind = 'take'))
order by 1;

-- MUST: an account's expiry is where its last extension ends
select a.account_number || ' expires at ' || coalesce(a.expiry::text, 'no time') || ', its extensions end at '
       || coalesce(e.last_expiry::text, 'no time')
from provisioning.accounts a
left join (select account_number, (array_agg(new_expiry order by id desc))[1] as last_expiry
           from provisioning.account_extensions group by account_number) e using (account_number)
where a.expiry is distinct from e.last_expiry
order by 1;
