-- What became of the vouchers. MUST holds at every moment, SOON once everything on its way has arrived.

-- MUST: every voucher that was issued is generated, active, redeemed, void, expired or reversed, and issued once
select 'voucher ' || v.id || ' is ' || v.status || ' and was issued ' || count(a.id) || ' times'
from voucher.vouchers v left join voucher.voucher_audit a on a.voucher_id = v.id and a.action = 'issued'
where v.origin in ('purchase', 'subscription')
group by v.id, v.status
having count(a.id) <> 1 or v.status not in ('generated', 'active', 'redeemed', 'void', 'expired', 'reversed')
order by 1;

-- MUST: a voucher is revoked exactly when its last revocation was not undone
select 'voucher ' || v.id || ' is ' || v.status || ' and was last ' || coalesce(a.action, 'never revoked')
from voucher.vouchers v
left join lateral (select action from voucher.voucher_audit
                   where voucher_id = v.id and action in ('revoked', 'restored') order by id desc limit 1) a on true
where (v.revoked_from is not null) is distinct from (coalesce(a.action, '') = 'revoked')
order by 1;

-- MUST: a reversed purchase lost no more of its time than of its money
select r.anchor || ' lost ' || t.taken || ' of ' || t.sold || ' days for ' || r.reversed_minor || ' of ' || r.paid_minor
from voucher.payment_reversals r
join lateral (select sum(30 * duration_months + duration_days) as sold,
                     coalesce(sum(30 * duration_months + duration_days) filter (
                         where revoked_from is not null and revocation not like 'subscription:%'), 0) as taken
              from voucher.vouchers where anchor = r.anchor or paid_anchor = r.anchor) t on true
where r.reversed_minor < r.paid_minor and t.taken * r.paid_minor > t.sold * r.reversed_minor
order by 1;

-- MUST: of a purchase whose money all went back nothing can be redeemed
select r.anchor || ' still has voucher ' || v.id
from voucher.payment_reversals r join voucher.vouchers v on v.anchor = r.anchor or v.paid_anchor = r.anchor
where r.reversed_minor > 0 and r.reversed_minor >= r.paid_minor and v.status in ('generated', 'active')
order by 1;

-- MUST: every use of a code for many is one voucher, and there are no more than its limit
select 'voucher ' || v.id || ' has ' || v.uses || ' of ' || v.uses_max || ' uses and ' || count(u.id) || ' vouchers'
from voucher.vouchers v left join voucher.vouchers u on u.used_of = v.id
group by v.id, v.uses, v.uses_max
having v.uses <> count(u.id) or (v.uses_max > 1 and count(u.id) > v.uses_max)
order by 1;

-- SOON: the days that were redeemed are the days by which expiries moved
select w.account_number || ' redeemed ' || w.redeemed || ' and was given ' || w.moved
from (select r.account_number, sum(make_interval(months => v.duration_months, days => v.duration_days)) as redeemed,
             sum(make_interval(months => e.months, days => e.days)) as moved
      from voucher.voucher_redemptions r join voucher.vouchers v on v.id = r.voucher_id
      left join provisioning.account_extensions e on e.voucher_id = r.voucher_id and e.kind = 'extend'
      group by r.account_number) w
where w.redeemed is distinct from w.moved
order by 1;

-- SOON: a voucher that was sold for a subscription refers to it
select 'voucher ' || v.id || ' was sold for ' || v.subscription_id || ' and does not refer to it'
from voucher.vouchers v
join provisioning.subscriptions s on s.stripe_account = v.stripe_account and s.id = v.subscription_id
where v.stored_subscription_id is null
order by 1;

-- SOON: the days in the books are those that vouchers hold and those that they gave
select w.account || ': booked ' || coalesce(b.days, 0) || ', by the vouchers ' || w.days
from (select 'day_vouchers' as account,
             coalesce(sum(d) filter (where origin in ('purchase', 'subscription')), 0) - coalesce(sum(d) filter (where is_used), 0)
             - coalesce(sum(d) filter (where revoked_from <> 'redeemed'), 0) as days
      from (select *, 30 * duration_months + duration_days as d from voucher.vouchers) v
      union all
      select 'day_given', coalesce(sum(d) filter (where is_used), 0) - coalesce(sum(d) filter (where revoked_from = 'redeemed'), 0)
      from (select *, 30 * duration_months + duration_days as d from voucher.vouchers) v) w
left join (select case a.kind when 'receivable' then 'day_given' else a.name end as account,
                  sum(case l.direction when 'credit' then l.amount else -l.amount end) as days
           from billing.entry_lines l join billing.ledger_accounts a using (account_id)
           where a.unit = 'day' group by 1) b using (account)
where coalesce(b.days, 0) <> w.days
order by 1;
