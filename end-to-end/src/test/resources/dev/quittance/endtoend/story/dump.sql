-- Everything that a purchase left, one statement for each table: the purchase's tag and the row, without what chance and the
-- clock decide. `purchases` has each tag with its user and account.

-- user
select p.tag, to_jsonb(t) - array['created_at', 'updated_at', 'email_confirmed_at', 'confirmed_at', 'encrypted_password']
from purchases p join auth.users t on lower(t.email) = p.email;

-- profile
select p.tag, to_jsonb(t) - array['created_at', 'updated_at'] from purchases p join provisioning.users t on lower(t.email) = p.email;

-- link
select p.tag, to_jsonb(t) - array['id', 'created_at', 'updated_at']
from purchases p join provisioning.stripe_customers t on t.stripe_customer_id = 'cus_' || p.tag;

-- resolved session
select p.tag, to_jsonb(t) - array['created_at', 'updated_at']
from purchases p join provisioning.resolved_sessions t on t.session_id = 'cs_test_' || p.tag;

-- account
select p.tag, to_jsonb(t) - array['id', 'created_at'] from purchases p join provisioning.accounts t on t.user_id = p.user_id;

-- mismatch
select p.tag, to_jsonb(t) - array['id', 'recorded_at']
from purchases p join provisioning.identity_mismatches t on t.subject like '%' || p.tag or t.user_id = p.user_id;

-- identity
select p.tag, to_jsonb(t) - array['recorded_at']
from purchases p join billing.identities t on t.checkout_session_id = 'cs_test_' || p.tag;

-- payment intent
select p.tag, to_jsonb(t) - array['recorded_at']
from purchases p join billing.payment_intents t on t.payment_intent_id = 'pi_' || p.tag;

-- charge
select p.tag, to_jsonb(t) - array['recorded_at'] from purchases p join billing.charges t on t.charge_id = 'ch_' || p.tag;

-- session
select p.tag, to_jsonb(t) - array['recorded_at']
from purchases p join billing.checkout_sessions t on t.checkout_session_id = 'cs_test_' || p.tag;

-- settlement
select p.tag, to_jsonb(t) - array['recorded_at'] from purchases p join billing.settlements t on t.anchor = 'pi_' || p.tag;

-- lookup
select p.tag, jsonb_build_object('kind', t.kind, 'object', t.object_id, 'outcome', t.outcome)
from purchases p join billing.stripe_lookups t on t.object_id like '%' || p.tag;

-- entry
-- Its digest holds its key, and so the tag; verify makes it anew.
select p.tag, to_jsonb(e) - array['entry_id', 'event_id', 'recorded_at', 'digest']
       || jsonb_build_object('lines', (
            select jsonb_agg(jsonb_build_object(
                       'account', a.name, 'direction', l.direction, 'amount', l.amount, 'unit', l.unit) order by l.line)
            from billing.entry_lines l join billing.ledger_accounts a using (account_id) where l.entry_id = e.entry_id))
from purchases p join billing.journal_entries e
     on e.business_key in ('charge:ch_' || p.tag || ':gross', 'fee:txn_' || p.tag, 'grant:pi_' || p.tag || ':points',
                           'grant:pi_' || p.tag || ':credits');

-- balance
select p.tag, to_jsonb(b) - array['account_id'] || jsonb_build_object('name', a.name)
from purchases p join billing.ledger_accounts a on a.user_id = p.user_id join billing.balances b using (account_id);

-- voucher
select p.tag, to_jsonb(t) - array['id', 'code_hash', 'sealed_code', 'last_four', 'created_at', 'updated_at', 'updated_by']
from purchases p join voucher.vouchers t on t.anchor = 'pi_' || p.tag;

-- voucher history
select p.tag, to_jsonb(a) - array['id', 'voucher_id', 'recorded_at', 'cause', 'actor']
from purchases p join voucher.vouchers t on t.anchor = 'pi_' || p.tag join voucher.voucher_audit a on a.voucher_id = t.id;

-- account holder
select p.tag, to_jsonb(t) - array['told_at'] from purchases p join voucher.account_holders t on t.user_id = p.user_id;

-- applied
select p.tag, jsonb_build_object('group', t.consumer_group, 'type', t.event_type)
from purchases p
cross join lateral unnest(array['1', '2', '3', '4', '5', '6']) as number
join (select * from provisioning.inbox union all select * from billing.inbox) t on t.event_id = 'evt_' || number || p.tag;

-- parked
select p.tag, jsonb_build_object('group', t.consumer_group, 'type', t.event_type, 'waits', t.waits_for)
from purchases p
cross join lateral unnest(array['1', '2', '3', '4', '5', '6']) as number
join (select * from provisioning.parked union all select * from billing.parked) t on t.event_id = 'evt_' || number || p.tag;
