-- Refunds that an operator asked for. The books change by Stripe's events only; this is what was asked of Stripe, under which
-- key, and what it said. A row that has no answer is asked again, under the same key: Stripe makes one refund of it.
create table billing.refund_requests (
    idempotency_key text not null,
    stripe_key text not null,
    stripe_account text not null default '',
    charge_id text,
    payment_intent_id text,
    amount_minor bigint,
    reason text,
    state text not null default 'asked',
    refund_id text,
    refund_status text,
    refused_code text,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    answered_at timestamptz,
    constraint refund_requests_pkey primary key (idempotency_key),
    constraint refund_requests_stripe_key_once unique (stripe_key),
    constraint refund_requests_of_one_payment check ((charge_id is null) <> (payment_intent_id is null)),
    constraint refund_requests_amount_positive check (amount_minor > 0),
    constraint refund_requests_reason_known check (reason in ('duplicate', 'fraudulent', 'requested_by_customer')),
    constraint refund_requests_state_known check (state in ('asked', 'made', 'refused')),
    constraint refund_requests_made_has_id check ((state = 'made') = (refund_id is not null)),
    constraint refund_requests_refused_has_code check ((state = 'refused') = (refused_code is not null)),
    constraint refund_requests_answered_has_time check ((state = 'asked') = (answered_at is null))
);
create index refund_requests_due on billing.refund_requests (next_attempt_at) where state = 'asked';

alter table billing.refund_requests enable row level security;
alter table billing.refund_requests force row level security;
create policy service_all on billing.refund_requests for all to billing_service using (true) with check (true);

grant select, insert, update on billing.refund_requests to billing_service;
