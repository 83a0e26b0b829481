-- Subscriptions. What Stripe said is kept event by event (subscription_states); what stands follows from all of it, so that
-- the order of arrival makes no difference. A subscription is never removed: a cancelled one stays, with its history.

create table provisioning.subscription_states (
    stripe_account text not null,
    event_id text not null,
    subscription_id text not null,
    status text not null,
    progress smallint not null,
    stated_at bigint not null,
    is_update smallint not null,
    snapshot jsonb not null,
    recorded_at timestamptz not null default now(),
    constraint subscription_states_pkey primary key (stripe_account, event_id)
);
create index subscription_states_latest
    on provisioning.subscription_states (stripe_account, subscription_id, progress desc, stated_at desc, is_update desc);
create trigger subscription_states_append_only
    before update or delete or truncate on provisioning.subscription_states
    for each statement execute function provisioning.refuse_change();

create table provisioning.subscriptions (
    stripe_account text not null,
    id text not null,
    user_id uuid not null,
    stripe_customer_id text not null,
    status text not null,
    metadata jsonb not null default '{}',
    price_id text,
    quantity bigint,
    cancel_at_period_end boolean not null default false,
    created timestamptz,
    current_period_start timestamptz,
    current_period_end timestamptz,
    ended_at timestamptz,
    cancel_at timestamptz,
    canceled_at timestamptz,
    trial_start timestamptz,
    trial_end timestamptz,
    paused_behavior text,
    resumes_at timestamptz,
    schedule_id text,
    cancellation_reason text,
    paid_until timestamptz,
    head_event_id text not null,
    told text,
    revision bigint not null default 0,
    recorded_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint subscriptions_pkey primary key (stripe_account, id),
    constraint subscriptions_user_id_fkey foreign key (user_id) references provisioning.users (id) on delete cascade,
    constraint subscriptions_revision_not_negative check (revision >= 0)
);
create index subscriptions_user on provisioning.subscriptions (user_id);
create index subscriptions_customer on provisioning.subscriptions (stripe_account, stripe_customer_id);

create table provisioning.subscription_items (
    stripe_account text not null,
    item_id text not null,
    subscription_id text not null,
    price_id text,
    product_id text,
    quantity bigint,
    period_start timestamptz,
    period_end timestamptz,
    is_current boolean not null,
    constraint subscription_items_pkey primary key (stripe_account, subscription_id, item_id),
    constraint subscription_items_subscription_fkey foreign key (stripe_account, subscription_id)
        references provisioning.subscriptions (stripe_account, id) on delete cascade
);
create index subscription_items_product on provisioning.subscription_items (stripe_account, product_id);

-- Which periods were paid for, and which payments failed: the earliest word of each counts, whatever comes later.
create table provisioning.subscription_invoices (
    stripe_account text not null,
    invoice_id text not null,
    subscription_id text not null,
    paid_at timestamptz,
    failed_at timestamptz,
    period_start timestamptz,
    period_end timestamptz,
    credited_from timestamptz,
    constraint subscription_invoices_pkey primary key (stripe_account, invoice_id, subscription_id),
    constraint subscription_invoices_subscription_fkey foreign key (stripe_account, subscription_id)
        references provisioning.subscriptions (stripe_account, id) on delete cascade
);
create index subscription_invoices_subscription
    on provisioning.subscription_invoices (stripe_account, subscription_id);

-- What is planned: a schedule's phases as last seen.
create table provisioning.subscription_schedules (
    stripe_account text not null,
    schedule_id text not null,
    subscription_id text,
    stripe_customer_id text,
    status text not null,
    phases jsonb not null default '[]',
    rank smallint not null,
    as_of text collate "C" not null,
    updated_at timestamptz not null default now(),
    constraint subscription_schedules_pkey primary key (stripe_account, schedule_id),
    constraint subscription_schedules_phases_are_a_list check (jsonb_typeof(phases) = 'array')
);

alter table provisioning.subscription_states enable row level security, force row level security;
alter table provisioning.subscriptions enable row level security, force row level security;
alter table provisioning.subscription_items enable row level security, force row level security;
alter table provisioning.subscription_invoices enable row level security, force row level security;
alter table provisioning.subscription_schedules enable row level security, force row level security;

create policy subscriptions_own on provisioning.subscriptions for select to authenticated
    using ((select auth.uid()) = user_id);
create policy subscriptions_backend on provisioning.subscriptions
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy subscription_items_own on provisioning.subscription_items for select to authenticated
    using (exists (select from provisioning.subscriptions s
                   where s.stripe_account = subscription_items.stripe_account
                     and s.id = subscription_items.subscription_id and s.user_id = (select auth.uid())));
create policy subscription_items_backend on provisioning.subscription_items
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy subscription_states_backend on provisioning.subscription_states
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy subscription_invoices_backend on provisioning.subscription_invoices
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy subscription_schedules_backend on provisioning.subscription_schedules
    to provisioning_owner, provisioning_service using (true) with check (true);

grant select, insert on provisioning.subscription_states to provisioning_service;
grant select, insert, update on provisioning.subscriptions, provisioning.subscription_items,
    provisioning.subscription_invoices, provisioning.subscription_schedules to provisioning_service;
grant select on provisioning.subscriptions, provisioning.subscription_items to service_role;
grant select (stripe_account, id, user_id, status, metadata, price_id, quantity, cancel_at_period_end, created,
        current_period_start, current_period_end, ended_at, cancel_at, canceled_at, trial_start, trial_end, paid_until)
    on provisioning.subscriptions to authenticated;
grant select on provisioning.subscription_items to authenticated;

-- Time is given by vouchers and by paid invoices, taken when what paid for it is reversed, and given back when that is
-- undone. An account's expiry is what all of its rows lead to in the order of starts_at (see ExpiryRules).
alter table provisioning.account_extensions
    alter column voucher_id drop not null,
    drop constraint account_extensions_term_positive,
    drop constraint account_extensions_forward,
    alter column new_expiry drop not null,
    add column kind text not null default 'extend',
    add column starts_at timestamptz not null default now(),
    add column seconds bigint not null default 0,
    add column target text,
    add column stripe_account text,
    add column subscription_id text,
    add column invoice_id text,
    add constraint account_extensions_kind_known check (kind in ('extend', 'take', 'give')),
    add constraint account_extensions_term_sound check (months >= 0 and days >= 0 and seconds >= 0),
    add constraint account_extensions_sound check (
        (kind = 'extend' and target is null and months + days + seconds > 0
            and (voucher_id is null) = (invoice_id is not null))
        or (kind <> 'extend' and target is not null)),
    add constraint account_extensions_forward
        check (kind = 'take' or previous_expiry is null or new_expiry >= previous_expiry);
create index account_extensions_invoice on provisioning.account_extensions (stripe_account, invoice_id)
    where invoice_id is not null;
