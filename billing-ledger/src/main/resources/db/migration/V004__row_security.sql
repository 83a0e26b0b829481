-- Rows that belong to somebody: the service sees all of them, a signed-in user their own. Forced, so that the owner of the
-- tables is held to it too.

do $$
declare
    name text;
begin
    foreach name in array array[
        'identities', 'payment_intents', 'charges', 'checkout_sessions', 'checkout_session_lines', 'settlements',
        'ledger_accounts', 'journal_entries', 'entry_lines', 'balances']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
    foreach name in array array['identities', 'settlements', 'ledger_accounts']
    loop
        execute format(
            'create policy own_rows on billing.%I for select to authenticated using (user_id = (select auth.uid()))', name);
    end loop;
end
$$;

-- A payment is its buyer's, once it is settled.
create policy own_rows on billing.payment_intents for select to authenticated using (
    exists (select from billing.settlements s
            where s.stripe_account = payment_intents.stripe_account
              and s.payment_intent_id = payment_intents.payment_intent_id
              and s.user_id = (select auth.uid())));
create policy own_rows on billing.charges for select to authenticated using (
    exists (select from billing.settlements s
            where s.stripe_account = charges.stripe_account
              and s.payment_intent_id = charges.payment_intent_id
              and s.user_id = (select auth.uid())));
create policy own_rows on billing.checkout_sessions for select to authenticated using (
    exists (select from billing.identities i
            where i.stripe_account = checkout_sessions.stripe_account
              and i.checkout_session_id = checkout_sessions.checkout_session_id
              and i.user_id = (select auth.uid())));
create policy own_rows on billing.checkout_session_lines for select to authenticated using (
    exists (select from billing.identities i
            where i.stripe_account = checkout_session_lines.stripe_account
              and i.checkout_session_id = checkout_session_lines.checkout_session_id
              and i.user_id = (select auth.uid())));
create policy own_rows on billing.balances for select to authenticated using (
    exists (select from billing.ledger_accounts a
            where a.account_id = balances.account_id and a.user_id = (select auth.uid())));
create policy own_rows on billing.entry_lines for select to authenticated using (
    exists (select from billing.ledger_accounts a
            where a.account_id = entry_lines.account_id and a.user_id = (select auth.uid())));
create policy own_rows on billing.journal_entries for select to authenticated using (
    exists (select from billing.entry_lines l
            join billing.ledger_accounts a on a.account_id = l.account_id
            where l.entry_id = journal_entries.entry_id and a.user_id = (select auth.uid())));

-- Downstream reads the key columns that it was granted, of every row.
create policy voucher_keys on billing.payment_intents for select to voucher_owner, voucher_service using (true);

grant usage on schema billing to authenticated;
grant select on
    billing.identities, billing.payment_intents, billing.charges, billing.checkout_sessions,
    billing.checkout_session_lines, billing.settlements, billing.ledger_accounts, billing.journal_entries,
    billing.entry_lines, billing.balances
    to authenticated;
