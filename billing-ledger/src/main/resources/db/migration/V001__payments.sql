-- What Stripe's objects look like here: one mirror row an object, merged so that the order of events does not matter.
-- The version of a row is (version_rank, version_at, version_step, version_event): a lasting state outranks a passing one,
-- then the later event wins, then the state that is further on, then the event id. Columns that a later payload may leave
-- out (customer, intent, invoice, balance transaction) keep what was once known; refunded and captured amounts only grow.

-- Whom a checkout session belongs to, as provisioning resolved it. Provisioning commits a user before it tells of it.
create table billing.identities (
    stripe_account text not null default '',
    checkout_session_id text not null,
    user_id uuid not null,
    account_number text not null,
    recorded_at timestamptz not null default now(),
    constraint identities_pkey primary key (stripe_account, checkout_session_id),
    constraint identities_user_fkey foreign key (user_id) references provisioning.users (id)
);
create index identities_user on billing.identities (user_id);

create table billing.payment_intents (
    stripe_account text not null default '',
    payment_intent_id text not null,
    status text not null,
    amount_minor bigint not null,
    amount_received_minor bigint not null default 0,
    currency char(3) not null,
    customer_id text,
    invoice_id text,
    receipt_email text,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint payment_intents_pkey primary key (stripe_account, payment_intent_id),
    constraint payment_intents_amount_not_negative check (amount_minor >= 0),
    constraint payment_intents_received_not_negative check (amount_received_minor >= 0),
    constraint payment_intents_currency_upper check (currency ~ '^[A-Z]{3}$')
) with (fillfactor = 80);
create index payment_intents_customer on billing.payment_intents (stripe_account, customer_id) where customer_id is not null;

-- No key to payment_intents: a charge may come before its intent.
create table billing.charges (
    stripe_account text not null default '',
    charge_id text not null,
    payment_intent_id text,
    status text not null,
    paid boolean not null,
    captured boolean not null,
    amount_minor bigint not null,
    amount_captured_minor bigint not null default 0,
    amount_refunded_minor bigint not null default 0,
    currency char(3) not null,
    customer_id text,
    invoice_id text,
    balance_transaction_id text,
    failure_code text,
    receipt_email text,
    billing_details jsonb,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint charges_pkey primary key (stripe_account, charge_id),
    constraint charges_amount_not_negative check (amount_minor >= 0),
    constraint charges_captured_not_negative check (amount_captured_minor >= 0),
    constraint charges_refunded_not_negative check (amount_refunded_minor >= 0),
    constraint charges_currency_upper check (currency ~ '^[A-Z]{3}$')
) with (fillfactor = 80);
create index charges_payment_intent on billing.charges (stripe_account, payment_intent_id) where payment_intent_id is not null;

-- lines_source: whether we know what was bought. 'gone' is Stripe's answer that there is no such session.
create table billing.checkout_sessions (
    stripe_account text not null default '',
    checkout_session_id text not null,
    mode text not null,
    status text not null,
    payment_status text not null,
    customer_id text,
    payment_intent_id text,
    invoice_id text,
    subscription_id text,
    amount_minor bigint,
    currency char(3),
    metadata jsonb not null default '{}',
    lines_source text not null default 'none',
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint checkout_sessions_pkey primary key (stripe_account, checkout_session_id),
    constraint checkout_sessions_amount_not_negative check (amount_minor >= 0),
    constraint checkout_sessions_money_whole check ((amount_minor is null) = (currency is null)),
    constraint checkout_sessions_currency_upper check (currency ~ '^[A-Z]{3}$'),
    constraint checkout_sessions_lines_source_known check (lines_source in ('none', 'embedded', 'looked_up', 'gone'))
) with (fillfactor = 80);
create index checkout_sessions_payment_intent on billing.checkout_sessions (stripe_account, payment_intent_id)
    where payment_intent_id is not null;

-- Metadata is null where it is not known, and empty where there is none.
create table billing.checkout_session_lines (
    stripe_account text not null default '',
    checkout_session_id text not null,
    line_id text not null,
    price_id text,
    product_id text,
    quantity bigint not null,
    price_metadata jsonb,
    product_metadata jsonb,
    recorded_at timestamptz not null default now(),
    constraint checkout_session_lines_pkey primary key (stripe_account, checkout_session_id, line_id),
    constraint checkout_session_lines_session_fkey foreign key (stripe_account, checkout_session_id)
        references billing.checkout_sessions (stripe_account, checkout_session_id),
    constraint checkout_session_lines_quantity_not_negative check (quantity >= 0)
);

create table billing.products (
    stripe_account text not null default '',
    product_id text not null,
    name text not null,
    active boolean not null,
    deleted boolean not null,
    metadata jsonb not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint products_pkey primary key (stripe_account, product_id)
);

-- unit_amount_minor is null where the price has no single one (tiers, or the customer chooses). No key to products: a price
-- may come before its product.
create table billing.prices (
    stripe_account text not null default '',
    price_id text not null,
    product_id text not null,
    currency char(3) not null,
    unit_amount_minor bigint,
    recurring boolean not null,
    active boolean not null,
    deleted boolean not null,
    metadata jsonb not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint prices_pkey primary key (stripe_account, price_id),
    constraint prices_unit_amount_not_negative check (unit_amount_minor >= 0),
    constraint prices_currency_upper check (currency ~ '^[A-Z]{3}$')
);

-- What must be asked of Stripe because no payload says it. A row is leased by moving next_attempt_at on.
create table billing.stripe_lookups (
    stripe_account text not null default '',
    kind text not null,
    object_id text not null,
    event_id text not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    outcome text,
    recorded_at timestamptz not null default now(),
    done_at timestamptz,
    constraint stripe_lookups_pkey primary key (stripe_account, kind, object_id),
    constraint stripe_lookups_kind_known check (kind in ('balance_transaction', 'session_lines')),
    constraint stripe_lookups_outcome_known check (outcome in ('done', 'gone', 'unusable')),
    constraint stripe_lookups_done_has_time check ((outcome is null) = (done_at is null))
);
create index stripe_lookups_due on billing.stripe_lookups (next_attempt_at) where outcome is null;

-- Each purchase once: the anchor is the invoice's id, else the payment intent's, else the session's. Append-only.
create table billing.settlements (
    anchor text not null,
    stripe_account text not null default '',
    checkout_session_id text not null,
    payment_intent_id text,
    user_id uuid not null,
    account_number text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    points bigint not null,
    credits bigint not null,
    vouchers integer not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    constraint settlements_pkey primary key (anchor),
    constraint settlements_user_fkey foreign key (user_id) references provisioning.users (id),
    constraint settlements_session_fkey foreign key (stripe_account, checkout_session_id)
        references billing.checkout_sessions (stripe_account, checkout_session_id),
    constraint settlements_intent_fkey foreign key (stripe_account, payment_intent_id)
        references billing.payment_intents (stripe_account, payment_intent_id),
    constraint settlements_amount_not_negative check (amount_minor >= 0),
    constraint settlements_grants_not_negative check (points >= 0 and credits >= 0 and vouchers >= 0),
    constraint settlements_currency_upper check (currency ~ '^[A-Z]{3}$')
);
create index settlements_user on billing.settlements (user_id);
create index settlements_payment_intent on billing.settlements (stripe_account, payment_intent_id)
    where payment_intent_id is not null;

grant select, insert, update on
    billing.payment_intents, billing.charges, billing.checkout_sessions, billing.checkout_session_lines,
    billing.products, billing.prices, billing.stripe_lookups
    to billing_service;
grant select, insert on billing.identities, billing.settlements to billing_service;

-- Downstream keys point here, and nowhere else.
grant select (stripe_account, payment_intent_id), references (stripe_account, payment_intent_id)
    on billing.payment_intents to voucher_owner;
grant select (stripe_account, payment_intent_id) on billing.payment_intents to voucher_service;
