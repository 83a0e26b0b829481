-- Money that goes back: refunds, disputes, warnings and reviews as last seen, what they take from a settled purchase, and what
-- leaves for the bank. The version of a mirror row is as in V001.

create table billing.refunds (
    stripe_account text not null default '',
    refund_id text not null,
    charge_id text,
    payment_intent_id text,
    status text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    reason text,
    failure_reason text,
    balance_transaction_id text,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint refunds_pkey primary key (stripe_account, refund_id),
    constraint refunds_amount_not_negative check (amount_minor >= 0),
    constraint refunds_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index refunds_payment_intent on billing.refunds (stripe_account, payment_intent_id) where payment_intent_id is not null;
create index refunds_charge on billing.refunds (stripe_account, charge_id) where charge_id is not null;

-- withdrawn, reinstated: whether the events said so, for payloads that do not carry the movements themselves.
create table billing.disputes (
    stripe_account text not null default '',
    dispute_id text not null,
    charge_id text,
    payment_intent_id text,
    status text not null,
    reason text,
    amount_minor bigint not null,
    currency char(3) not null,
    charge_refundable boolean not null,
    withdrawn boolean not null,
    reinstated boolean not null,
    evidence_due_at timestamptz,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint disputes_pkey primary key (stripe_account, dispute_id),
    constraint disputes_amount_not_negative check (amount_minor >= 0),
    constraint disputes_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index disputes_payment_intent on billing.disputes (stripe_account, payment_intent_id) where payment_intent_id is not null;
create index disputes_charge on billing.disputes (stripe_account, charge_id) where charge_id is not null;

-- A movement on Stripe's own books; it never changes. Amounts have Stripe's sign: below zero the money left us.
create table billing.balance_transactions (
    stripe_account text not null default '',
    balance_transaction_id text not null,
    kind text not null,
    source_id text,
    amount_minor bigint not null,
    fee_minor bigint not null,
    currency char(3) not null,
    payout_id text,
    available_at timestamptz,
    created_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint balance_transactions_pkey primary key (stripe_account, balance_transaction_id),
    constraint balance_transactions_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index balance_transactions_source on billing.balance_transactions (stripe_account, source_id) where source_id is not null;
create index balance_transactions_payout on billing.balance_transactions (stripe_account, payout_id) where payout_id is not null;

create table billing.fraud_warnings (
    stripe_account text not null default '',
    warning_id text not null,
    charge_id text,
    payment_intent_id text,
    fraud_type text,
    actionable boolean not null,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint fraud_warnings_pkey primary key (stripe_account, warning_id)
);
create index fraud_warnings_payment_intent on billing.fraud_warnings (stripe_account, payment_intent_id)
    where payment_intent_id is not null;

create table billing.reviews (
    stripe_account text not null default '',
    review_id text not null,
    charge_id text,
    payment_intent_id text,
    open boolean not null,
    reason text,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint reviews_pkey primary key (stripe_account, review_id)
);
create index reviews_payment_intent on billing.reviews (stripe_account, payment_intent_id) where payment_intent_id is not null;

-- amount_minor below zero: the bank paid Stripe.
create table billing.payouts (
    stripe_account text not null default '',
    payout_id text not null,
    status text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    automatic boolean not null,
    reconciled boolean not null,
    balance_transaction_id text,
    failure_code text,
    arrival_at timestamptz,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint payouts_pkey primary key (stripe_account, payout_id),
    constraint payouts_currency_upper check (currency ~ '^[A-Z]{3}$')
);

-- Which payments paid an invoice, from whichever payload said so. Append-only.
create table billing.invoice_payments (
    stripe_account text not null default '',
    invoice_id text not null,
    payment_intent_id text not null,
    recorded_at timestamptz not null default now(),
    constraint invoice_payments_pkey primary key (stripe_account, invoice_id, payment_intent_id)
);
create index invoice_payments_intent on billing.invoice_payments (stripe_account, payment_intent_id);

-- How a settled purchase stands after its reversals; there is no row while nothing was ever reversed. revision counts what
-- happened to it, taken is what of its grants was taken back.
create table billing.standings (
    anchor text not null,
    revision bigint not null,
    reversed_minor bigint not null,
    points_taken bigint not null,
    credits_taken bigint not null,
    recorded_at timestamptz not null default now(),
    constraint standings_pkey primary key (anchor),
    constraint standings_settlement_fkey foreign key (anchor) references billing.settlements (anchor),
    constraint standings_not_negative check (revision > 0 and reversed_minor >= 0 and points_taken >= 0 and credits_taken >= 0)
);

-- What each reversal takes of a purchase now: zero when it does not stand any more, and less than was refunded or disputed
-- when others had taken the rest.
create table billing.reversals (
    anchor text not null,
    reversal_id text not null,
    cause text not null,
    amount_minor bigint not null,
    revision bigint not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint reversals_pkey primary key (anchor, reversal_id),
    constraint reversals_settlement_fkey foreign key (anchor) references billing.settlements (anchor),
    constraint reversals_amount_not_negative check (amount_minor >= 0),
    constraint reversals_cause_known check (cause in ('refund', 'dispute', 'credit_note', 'void', 'uncollectible'))
);

-- What puts a settled purchase in doubt. Once released it never holds again.
create table billing.payment_holds (
    anchor text not null,
    hold_id text not null,
    reason text not null,
    released boolean not null,
    recorded_at timestamptz not null default now(),
    constraint payment_holds_pkey primary key (anchor, hold_id),
    constraint payment_holds_settlement_fkey foreign key (anchor) references billing.settlements (anchor),
    constraint payment_holds_reason_known check (reason in ('dispute', 'early_fraud_warning', 'review'))
);

alter table billing.settlements
    add constraint settlements_amount_in_range check (amount_minor <= 1000000000000000);

-- What a user owes stands on an account of its own, the other way round: it never has more credits than debits.
alter table billing.ledger_accounts
    drop constraint ledger_accounts_kind_known,
    add constraint ledger_accounts_kind_known check (kind in ('house', 'user', 'receivable')),
    drop constraint ledger_accounts_unit_known,
    add constraint ledger_accounts_unit_known check (unit ~ '^[A-Z]{3}$' or unit in ('points', 'credits', 'day')),
    drop constraint ledger_accounts_user_where_it_is_one,
    add constraint ledger_accounts_user_where_it_is_one check ((kind = 'house') = (user_id is null));
alter table billing.balances
    add column ceiled boolean not null default false,
    add constraint balances_receivables_not_above_zero check (not ceiled or debits >= credits),
    add constraint balances_receivables_not_sharded check (not ceiled or shard = 0);

alter table billing.stripe_lookups
    drop constraint stripe_lookups_kind_known,
    add constraint stripe_lookups_kind_known check (kind in (
        'balance_transaction', 'session_lines', 'charge_refunds', 'dispute', 'invoice_lines', 'warning_refund'));

do $$
declare
    name text;
begin
    foreach name in array array[
        'refunds', 'disputes', 'balance_transactions', 'fraud_warnings', 'reviews', 'payouts', 'invoice_payments',
        'standings', 'reversals', 'payment_holds']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
    foreach name in array array['refunds', 'disputes']
    loop
        execute format(
            'create policy own_rows on billing.%1$I for select to authenticated using (exists (select from billing.settlements s
                where s.stripe_account = %1$I.stripe_account and s.payment_intent_id = %1$I.payment_intent_id
                  and s.user_id = (select auth.uid())))', name);
    end loop;
    foreach name in array array['standings', 'reversals', 'payment_holds']
    loop
        execute format(
            'create policy own_rows on billing.%1$I for select to authenticated using (exists (select from billing.settlements s
                where s.anchor = %1$I.anchor and s.user_id = (select auth.uid())))', name);
    end loop;
end
$$;

create trigger balance_transactions_append_only
    before delete or truncate on billing.balance_transactions
    for each statement execute function billing.refuse_change();
create trigger invoice_payments_append_only
    before update or delete or truncate on billing.invoice_payments
    for each statement execute function billing.refuse_change();

grant select, insert, update on
    billing.refunds, billing.disputes, billing.fraud_warnings, billing.reviews, billing.payouts,
    billing.standings, billing.reversals, billing.payment_holds, billing.balance_transactions
    to billing_service;
grant select, insert on billing.invoice_payments to billing_service;
grant select on billing.refunds, billing.disputes, billing.standings, billing.reversals, billing.payment_holds to authenticated;
