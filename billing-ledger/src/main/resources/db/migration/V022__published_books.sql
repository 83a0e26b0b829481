-- The books under the names that a frontend expects, and the two functions with which they are checked and mended. Views
-- only where nobody has taken the name; the tables' row security decides who sees what.

-- Backends may look at all of the books; on Supabase their role is above row security anyway.
grant usage on schema billing to service_role;
grant select on billing.ledger_accounts, billing.journal_entries, billing.entry_lines, billing.balances, billing.spends,
    billing.settlements to service_role;
do $$
declare
    name text;
begin
    foreach name in array array[
        'ledger_accounts', 'journal_entries', 'entry_lines', 'balances', 'spends', 'settlements']
    loop
        execute format('create policy backend_reads on billing.%I for select to service_role using (true)', name);
    end loop;
end
$$;

-- A user's line of points or credits as one row: given, spent, or taken back.
create view billing.unit_transactions with (security_invoker = true) as
select md5(e.business_key || '/' || l.line)::uuid as id,
       a.user_id,
       a.unit,
       case l.direction when 'credit' then l.amount else -l.amount end as amount,
       case when e.rule like 'grant%' then 'purchase' when e.rule = 'spend' then 'spend' else 'refund' end as type,
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
grant select on billing.unit_transactions to authenticated, service_role;

do $$
begin
    if to_regclass('public.profiles') is null then
        create view public.profiles with (security_invoker = true) as
        select u.id,
               u.email,
               coalesce(p.balance, 0) as points,
               coalesce(c.balance, 0) as credits_balance,
               least(p.recorded_at, c.recorded_at) as created_at,
               greatest(p.moved_at, c.moved_at) as updated_at
        from provisioning.users u
        left join lateral (
          select b.credits - b.debits as balance, a.recorded_at,
                 (select e.recorded_at from billing.entry_lines l join billing.journal_entries e on e.entry_id = l.entry_id
                  where l.account_id = a.account_id order by l.entry_id desc limit 1) as moved_at
          from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
          where a.name = 'user:' || u.id || ':points') p on true
        left join lateral (
          select b.credits - b.debits as balance, a.recorded_at,
                 (select e.recorded_at from billing.entry_lines l join billing.journal_entries e on e.entry_id = l.entry_id
                  where l.account_id = a.account_id order by l.entry_id desc limit 1) as moved_at
          from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
          where a.name = 'user:' || u.id || ':credits') c on true;
        grant select on public.profiles to authenticated, service_role;
    end if;
    if to_regclass('public.points_transactions') is null then
        create view public.points_transactions with (security_invoker = true) as
        select id, user_id, amount, type, description, order_id, stripe_payment_intent_id, created_at, idempotency_key,
               metadata, processed_at
        from billing.unit_transactions where unit = 'points';
        grant select on public.points_transactions to authenticated, service_role;
    end if;
    if to_regclass('public.credit_transactions') is null then
        create view public.credit_transactions with (security_invoker = true) as
        select id, user_id, amount, type, description, stripe_session_id, stripe_payment_intent_id, created_at,
               idempotency_key, metadata, processed_at
        from billing.unit_transactions where unit = 'credits';
        grant select on public.credit_transactions to authenticated, service_role;
    end if;
end
$$;

-- Every balance of a user that is not the sum of its lines. No row is what should come.
create function public.validate_credits_consistency()
    returns table (user_id uuid, unit text, balance bigint, entries bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select a.user_id, a.unit, coalesce(b.credits - b.debits, 0), coalesce(s.balance, 0)
    from billing.ledger_accounts a
    left join billing.balances b on b.account_id = a.account_id
    left join lateral (
      select sum(case l.direction when 'credit' then l.amount else -l.amount end)::bigint as balance, count(*) as lines
      from billing.entry_lines l where l.account_id = a.account_id) s on true
    where a.kind = 'user'
      and (coalesce(b.credits - b.debits, 0) <> coalesce(s.balance, 0) or coalesce(b.version, 0) <> s.lines)
    order by 1, 2
$$;
revoke execute on function public.validate_credits_consistency() from public;
grant execute on function public.validate_credits_consistency() to authenticated, service_role, billing_service;

-- Makes a user's balances the sums of their lines again, and tells everybody who keeps them elsewhere, Redis first. What the
-- user's credits are then. The owner of the tables may do just this past their row security.
create policy sync_reads on billing.ledger_accounts for select to billing_owner using (kind = 'user');
create policy sync_reads on billing.entry_lines for select to billing_owner using (true);
create policy sync_reads on billing.balances for select to billing_owner using (floored);
create policy sync_mends on billing.balances for update to billing_owner using (floored) with check (floored);

create function public.sync_user_credits(user_uuid uuid) returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place record;
    credits_now bigint := 0;
begin
    for place in
        select b.account_id, a.unit from billing.balances b
        join billing.ledger_accounts a on a.account_id = b.account_id
        where a.user_id = user_uuid and a.name = 'user:' || a.user_id || ':' || a.unit
        order by b.account_id for update of b
    loop
        -- Whoever posts to the account waits for the row that is locked, so that these lines are all there are.
        update billing.balances b
        set debits = s.debits, credits = s.credits, version = s.lines
        from (select coalesce(sum(amount) filter (where direction = 'debit'), 0)::bigint as debits,
                     coalesce(sum(amount) filter (where direction = 'credit'), 0)::bigint as credits, count(*) as lines
              from billing.entry_lines where account_id = place.account_id) s
        where b.account_id = place.account_id and (b.debits, b.credits, b.version) <> (s.debits, s.credits, s.lines);
        insert into billing.outbox (event_id, topic, record_key, event_type, payload, occurred_at)
        select gen_random_uuid(), 'billing.events.v1', user_uuid::text, 'BalanceChanged',
               convert_to(json_build_object(
                   'userId', user_uuid, 'unit', place.unit, 'balance', b.credits - b.debits, 'seq', b.version,
                   'occurredAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8'),
               now()
        from billing.balances b where b.account_id = place.account_id and place.unit in ('points', 'credits');
        if place.unit = 'credits' then
            select b.credits - b.debits into credits_now from billing.balances b where b.account_id = place.account_id;
        end if;
    end loop;
    return credits_now;
end;
$$;
revoke execute on function public.sync_user_credits(uuid) from public;
grant execute on function public.sync_user_credits(uuid) to service_role, billing_service;
