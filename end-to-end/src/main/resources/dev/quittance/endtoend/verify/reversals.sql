-- Money that went back. MUST holds at every moment.

-- MUST: every refund is booked, and every one that failed booked back
select w.key || ' is ' || case when e.business_key is null then 'not booked' else 'booked as ' || e.amount || ' of ' || w.amount end
from (select 'refund:' || case stripe_account when '' then '' else stripe_account || '/' end || refund_id as key,
             amount_minor as amount
      from billing.refunds where amount_minor > 0
      union all
      select 'refund_reversal:' || case stripe_account when '' then '' else stripe_account || '/' end || refund_id, amount_minor
      from billing.refunds where amount_minor > 0 and status in ('failed', 'canceled')) w
left join (select j.business_key, sum(l.amount) as amount
           from billing.journal_entries j join billing.entry_lines l using (entry_id)
           where l.direction = 'debit' and j.business_key like 'refund%' group by j.business_key) e on e.business_key = w.key
where w.amount is distinct from e.amount
order by 1;

-- MUST: what is held for disputes is what they took and is not decided
select coalesce(w.currency, h.currency) || ': held ' || coalesce(h.held, 0) || ', taken ' || coalesce(w.taken, 0)
from (select b.currency, -sum(b.amount_minor) as taken
      from billing.balance_transactions b
      join billing.disputes d on d.stripe_account = b.stripe_account and d.dispute_id = b.source_id
      where b.kind = 'dispute' and d.status <> 'lost' group by b.currency) w
full join (select l.unit as currency, sum(case l.direction when 'debit' then l.amount else -l.amount end) as held
           from billing.entry_lines l join billing.ledger_accounts a using (account_id)
           where a.name like 'dispute_hold:%' group by l.unit) h on h.currency = w.currency
where coalesce(w.taken, 0) <> coalesce(h.held, 0)
order by 1;

-- MUST: no more of a purchase is reversed than was paid, and it is what its reversals take
select s.anchor || ' of ' || s.amount_minor || ' has ' || t.reversed_minor || ' reversed, its reversals take ' || coalesce(r.taken, 0)
from billing.standings t join billing.settlements s using (anchor)
left join (select anchor, sum(amount_minor) as taken from billing.reversals group by anchor) r using (anchor)
where t.reversed_minor > s.amount_minor or t.reversed_minor <> coalesce(r.taken, 0)
order by 1;

-- MUST: of each purchase's grants as large a share is taken back as of its money
select s.anchor || ' has ' || t.points_taken || ' points and ' || t.credits_taken || ' credits taken back'
from billing.standings t join billing.settlements s using (anchor)
where t.points_taken <> case s.amount_minor when 0 then 0 else div(s.points::numeric * t.reversed_minor, s.amount_minor) end
   or t.credits_taken <> case s.amount_minor when 0 then 0 else div(s.credits::numeric * t.reversed_minor, s.amount_minor) end
order by 1;

-- MUST: what was taken back is booked, and no more
select coalesce(t.anchor, e.anchor) || ' in ' || coalesce(t.unit, e.unit) || ': ' || coalesce(t.taken, 0) || ' taken, '
       || coalesce(e.booked, 0) || ' booked'
from (select anchor, 'points' as unit, points_taken as taken from billing.standings
      union all select anchor, 'credits', credits_taken from billing.standings) t
full join (select split_part(j.business_key, ':', 2) as anchor, split_part(j.business_key, ':', 4) as unit,
                  sum(case l.direction when 'credit' then l.amount else -l.amount end) as booked
           from billing.journal_entries j join billing.entry_lines l using (entry_id)
           join billing.ledger_accounts a using (account_id)
           where j.rule in ('clawback', 'restoration') and a.kind = 'house' group by 1, 2) e using (anchor, unit)
where coalesce(t.taken, 0) <> coalesce(e.booked, 0)
order by 1;

-- MUST: who owes has nothing, and nobody is owed
select a.name || ' stands at ' || sum(b.debits - b.credits) || coalesce(', and the user has ' || max(o.credits - o.debits), '')
from billing.ledger_accounts a join billing.balances b using (account_id)
left join (billing.ledger_accounts u join billing.balances o on o.account_id = u.account_id)
       on u.user_id = a.user_id and u.unit = a.unit and u.kind = 'user'
where a.kind = 'receivable'
group by a.account_id, a.name
having sum(b.debits - b.credits) < 0 or (sum(b.debits - b.credits) > 0 and max(o.credits - o.debits) > 0)
order by 1;

-- MUST: nobody owes more points or credits than were taken back from them
select a.name || ' stands at ' || sum(b.debits - b.credits) || ', taken back were ' || coalesce(max(t.taken), 0)
from billing.ledger_accounts a join billing.balances b using (account_id)
left join (select s.user_id, u.unit, sum(case u.unit when 'points' then t.points_taken else t.credits_taken end) as taken
           from billing.standings t join billing.settlements s using (anchor)
           cross join (values ('points'), ('credits')) u (unit) group by s.user_id, u.unit) t
       on t.user_id = a.user_id and t.unit = a.unit
where a.kind = 'receivable' and a.unit in ('points', 'credits')
group by a.account_id, a.name having sum(b.debits - b.credits) > coalesce(max(t.taken), 0)
order by 1;

-- MUST: what invoices owe is booked as owed, and nothing else is
-- What only a list of objects tells of is from before us.
select coalesce(w.key, b.key) || ' in ' || coalesce(w.currency, b.currency) || ': owed ' || coalesce(w.owed, 0) || ', booked '
       || coalesce(b.owed, 0)
from (select case stripe_account when '' then '' else stripe_account || '/' end || invoice_id as key, currency::text as currency,
             total_minor as owed, version_event like 'evt\_snapshot\_%' as is_old
      from billing.invoices where opened and not closed and not written_off and total_minor > 0) w
full join (select split_part(j.business_key, ':', 2) as key, l.unit as currency,
                  sum(case l.direction when 'debit' then l.amount else -l.amount end) as owed
           from billing.journal_entries j join billing.entry_lines l using (entry_id)
           join billing.ledger_accounts a using (account_id)
           where a.kind = 'house' and a.name like 'receivable:%' group by 1, 2) b using (key, currency)
where coalesce(w.owed, 0) <> coalesce(b.owed, 0) and not (coalesce(w.is_old, false) and b.key is null)
order by 1;

-- MUST: in suspense is what is billed and not paid and what was paid twice and not given back, and nothing else
select coalesce(w.key, b.key) || ' in ' || coalesce(w.currency, b.currency) || ': waits ' || coalesce(w.waits, 0) || ', booked '
       || coalesce(b.waits, 0)
from (select key, currency, sum(waits) as waits, bool_or(is_old) as is_old
      from (select case stripe_account when '' then '' else stripe_account || '/' end || invoice_id as key,
                   currency::text as currency, total_minor as waits, version_event like 'evt\_snapshot\_%' as is_old
            from billing.invoices where opened and not closed and total_minor > 0
            union all
            select anchor, currency::text, excess_minor - returned_minor, false from billing.overpayments) o
      group by key, currency) w
full join (select split_part(j.business_key, ':', 2) as key, l.unit as currency,
                  sum(case l.direction when 'credit' then l.amount else -l.amount end) as waits
           from billing.journal_entries j join billing.entry_lines l using (entry_id)
           join billing.ledger_accounts a using (account_id)
           where a.kind = 'house' and a.name like 'suspense:%' group by 1, 2) b using (key, currency)
where coalesce(w.waits, 0) <> coalesce(b.waits, 0) and not (coalesce(w.is_old, false) and b.key is null)
order by 1;
