-- The books. Each statement returns one row of text for each thing that is wrong.

-- MUST: every journal entry sums to zero in each of its units
select e.business_key || ' is off by ' || sum(case l.direction when 'debit' then l.amount else -l.amount end) || ' ' || l.unit
from billing.journal_entries e join billing.entry_lines l using (entry_id)
group by e.entry_id, e.business_key, l.unit
having sum(case l.direction when 'debit' then l.amount else -l.amount end) <> 0
order by 1;

-- MUST: every journal entry has at least two lines
select e.business_key || ' has ' || count(l.line)
from billing.journal_entries e left join billing.entry_lines l using (entry_id)
group by e.entry_id, e.business_key having count(l.line) < 2
order by 1;

-- MUST: every line belongs to an entry and to an account of its unit
select 'entry ' || l.entry_id || ' line ' || l.line
       || case when e.entry_id is null then ' has no entry'
               when a.account_id is null then ' has no account'
               else ' is in ' || l.unit || ', its account in ' || a.unit end
from billing.entry_lines l
left join billing.journal_entries e using (entry_id)
left join billing.ledger_accounts a using (account_id)
where e.entry_id is null or a.account_id is null or a.unit <> l.unit
order by 1;

-- MUST: every unit sums to zero over the whole journal
select unit || ' is off by ' || sum(case direction when 'debit' then amount else -amount end)
from billing.entry_lines group by unit
having sum(case direction when 'debit' then amount else -amount end) <> 0
order by 1;

-- MUST: every balance is the sum of its lines and its version their count
select coalesce(a.name, 'account ' || account_id) || ' shard ' || shard || ': balance '
       || coalesce(b.debits || '/' || b.credits || ' version ' || b.version, 'missing') || ', lines '
       || coalesce(s.debits || '/' || s.credits || ' count ' || s.lines, 'none')
from (select account_id, shard,
             coalesce(sum(amount) filter (where direction = 'debit'), 0) as debits,
             coalesce(sum(amount) filter (where direction = 'credit'), 0) as credits,
             count(*) as lines
      from billing.entry_lines group by account_id, shard) s
full join billing.balances b using (account_id, shard)
left join billing.ledger_accounts a using (account_id)
where (coalesce(s.debits, 0), coalesce(s.credits, 0), coalesce(s.lines, 0)) is distinct from (b.debits, b.credits, b.version)
order by 1;

-- MUST: no user's account is below zero
select a.name || ' stands at ' || sum(case l.direction when 'credit' then l.amount else -l.amount end)
from billing.ledger_accounts a join billing.entry_lines l using (account_id)
where a.kind = 'user'
group by a.account_id, a.name
having sum(case l.direction when 'credit' then l.amount else -l.amount end) < 0
order by 1;

-- MUST: nothing is booked twice under one business key
select business_key || ' ' || count(*) || ' times'
from billing.journal_entries group by business_key having count(*) > 1
order by 1;

-- MUST: every account of a user is of a user with a profile, and named after them
select a.name from billing.ledger_accounts a left join provisioning.users u on u.id = a.user_id
where a.kind = 'user' and (u.id is null or a.name <> 'user:' || a.user_id || ':' || a.unit)
order by 1;

-- MUST: every charge whose money moved is booked, and no other
-- What only a list of objects tells of is from before us.
select coalesce(c.key, e.business_key) || case when c.key is null then ' has no charge' else ' is not booked' end
from (select 'charge:' || case stripe_account when '' then '' else stripe_account || '/' end || charge_id || ':gross' as key,
             status = 'succeeded' and paid and captured and greatest(amount_captured_minor, amount_minor) > 0
               and version_event not like 'evt\_snapshot\_%' as is_moved
      from billing.charges) c
full join (select business_key from billing.journal_entries where business_key like 'charge:%:gross') e
     on e.business_key = c.key
where c.key is null or (e.business_key is null and c.is_moved)
order by 1;

-- MUST: every spend that was granted is booked as it was asked, and no other is
select coalesce(s.key, e.business_key) || case when s.key is null then ' was not asked for' when e.business_key is null then ' is not booked'
       else ' is booked as ' || e.amount || ' ' || e.unit end
from (select 'spend:' || spend_id as key, user_id, unit, amount from billing.spends where outcome = 'booked') s
full join (select e.business_key, a.user_id, l.unit, l.amount
           from billing.journal_entries e
           join billing.entry_lines l on l.entry_id = e.entry_id and l.direction = 'debit'
           join billing.ledger_accounts a on a.account_id = l.account_id
           where e.rule = 'spend') e on e.business_key = s.key
where (s.user_id, s.unit, s.amount) is distinct from (e.user_id, e.unit, e.amount)
order by 1;
