-- What points and credits cost. A session that names one of these gives what stands here, for the price that stands here: what
-- a client put beside it is compared, never believed.

create table billing.packages (
    package_id text not null,
    name text not null,
    points bigint not null,
    price_minor bigint not null,
    currency char(3) not null,
    active boolean not null default true,
    recorded_at timestamptz not null default now(),
    constraint packages_pkey primary key (package_id),
    constraint packages_points_positive check (points > 0 and points <= 1000000000),
    constraint packages_price_positive check (price_minor > 0),
    constraint packages_currency_upper check (currency ~ '^[A-Z]{3}$')
);

create table billing.credit_plans (
    plan text not null,
    name text not null,
    credits bigint not null,
    price_minor bigint not null,
    currency char(3) not null,
    active boolean not null default true,
    recorded_at timestamptz not null default now(),
    constraint credit_plans_pkey primary key (plan),
    constraint credit_plans_credits_positive check (credits > 0 and credits <= 1000000000),
    constraint credit_plans_price_positive check (price_minor > 0),
    constraint credit_plans_currency_upper check (currency ~ '^[A-Z]{3}$')
);

-- Before discounts and taxes: what the price of a package is compared with.
alter table billing.checkout_sessions
    add column subtotal_minor bigint,
    add constraint checkout_sessions_subtotal_not_negative check (subtotal_minor >= 0);

grant select, insert, update on billing.packages, billing.credit_plans to billing_service;
grant select on billing.packages, billing.credit_plans to anon, authenticated;
