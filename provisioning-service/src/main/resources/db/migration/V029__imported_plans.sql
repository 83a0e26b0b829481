-- Plans that an application brings when it moves in, by names of its own. What Stripe says of a price stands above them.
create table provisioning.import_plans (
    key text not null,
    name text,
    description text,
    price_minor bigint,
    price_currency text,
    benefits jsonb not null default '[]',
    resources jsonb,
    stripe_account text not null default '',
    stripe_price_id text,
    recurring_interval text,
    interval_count integer,
    is_offered boolean not null default true,
    done_at timestamptz,
    refusal text,
    constraint import_plans_pkey primary key (key)
);
create index import_plans_left on provisioning.import_plans (key) where done_at is null;

alter table provisioning.import_plans enable row level security, force row level security;
create policy import_plans_backend on provisioning.import_plans
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update on provisioning.import_plans to provisioning_service;
