-- A payment that neither a session nor an invoice made, and that says itself what it is for.

-- What of its metadata names terms, a package, a plan or a user; null where it names no terms.
alter table billing.payment_intents
    add column metadata jsonb;

alter table billing.stripe_lookups
    drop constraint stripe_lookups_kind_known,
    add constraint stripe_lookups_kind_known check (kind in (
        'balance_transaction', 'session_lines', 'charge_refunds', 'dispute', 'invoice_lines', 'warning_refund', 'intent_owner'));
