-- Who is who. MUST holds at every moment, SOON once everything on its way has arrived.

-- MUST: every auth user has one profile, and every profile an auth user
select coalesce(a.id, u.id) || case when u.id is null then ' has no profile' else ' has no auth user' end
from auth.users a full join provisioning.users u on u.id = a.id
where a.id is null or u.id is null
order by 1;

-- MUST: every customer link has one user, and no customer has two
select l.stripe_account || '/' || l.stripe_customer_id
       || case when u.id is null then ' has no user' else ' has ' || l.links || ' links' end
from (select *, count(*) over (partition by stripe_account, stripe_customer_id) as links
      from provisioning.stripe_customers) l
left join provisioning.users u on u.id = l.user_id
where u.id is null or l.links > 1
order by 1;

-- MUST: no user has two primary customers in one Stripe account
select user_id || ' has ' || count(*) from provisioning.stripe_customers
where is_primary group by stripe_account, user_id having count(*) > 1
order by 1;

-- MUST: every account has one user, and no user two accounts
select a.account_number || case when u.id is null then ' has no user' else ' shares its user' end
from (select *, count(*) over (partition by user_id) as of_user from provisioning.accounts) a
left join provisioning.users u on u.id = a.user_id
where u.id is null or a.of_user > 1
order by 1;

-- MUST: every user who bought has an account
select distinct s.user_id || ' has none'
from provisioning.resolved_sessions s left join provisioning.accounts a on a.user_id = s.user_id
where s.is_paid and a.id is null
order by 1;

-- MUST: account numbers are unique, and their check digits right
select account_number
from (select account_number, count(*) over (partition by account_number) as times from provisioning.accounts) a
where times > 1 or account_number !~ '^[1-9][0-9]{15}$'
   or 0 <> (select sum(case when place % 2 = 1
                            then substr(account_number, place, 1)::int * 2 / 10 + substr(account_number, place, 1)::int * 2 % 10
                            else substr(account_number, place, 1)::int end) % 10
            from generate_series(1, 16) as place)
order by 1;

-- MUST: billing knows the buyer of a session as provisioning resolved it
select i.checkout_session_id
from billing.identities i
left join provisioning.resolved_sessions s
       on s.stripe_account = i.stripe_account and s.session_id = i.checkout_session_id
left join provisioning.accounts a on a.user_id = i.user_id and a.account_number = i.account_number
where s.session_id is null or a.id is null or s.user_id <> i.user_id
order by 1;

-- SOON: billing knows the buyer of every session that provisioning resolved
select s.session_id from provisioning.resolved_sessions s
where not exists (select from billing.identities i
                  where i.stripe_account = s.stripe_account and i.checkout_session_id = s.session_id)
order by 1;

-- MUST: whose account voucher knows, provisioning knows
select h.user_id::text from voucher.account_holders h
where not exists (select from provisioning.accounts a where a.user_id = h.user_id and a.account_number = h.account_number)
order by 1;

-- SOON: no customer waits for an e-mail that is known
select p.event_id from provisioning.parked p
where p.event_type like 'customer.%' and p.reason = 'needs-identity'
  and exists (select from provisioning.contact_hints h
              where p.waits_for = 'customer:' || h.stripe_account || '/' || h.reference)
order by 1;
