-- How customers pay, as last seen. The version of a mirror row is as in V001. A method that was detached never comes back.

create table billing.payment_methods (
    stripe_account text not null default '',
    payment_method_id text not null,
    customer_id text,
    kind text not null,
    brand text,
    last_four text,
    expires_month integer,
    expires_year integer,
    fingerprint text,
    detached boolean not null,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint payment_methods_pkey primary key (stripe_account, payment_method_id)
);
create index payment_methods_customer on billing.payment_methods (stripe_account, customer_id) where customer_id is not null;

create table billing.setup_intents (
    stripe_account text not null default '',
    setup_intent_id text not null,
    customer_id text,
    payment_method_id text,
    status text not null,
    error_code text,
    created_at timestamptz not null,
    version_rank smallint not null,
    version_at timestamptz not null,
    version_step smallint not null,
    version_event text not null,
    recorded_at timestamptz not null default now(),
    constraint setup_intents_pkey primary key (stripe_account, setup_intent_id)
);

do $$
declare
    name text;
begin
    foreach name in array array['payment_methods', 'setup_intents']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
        execute format(
            'create policy own_rows on billing.%1$I for select to authenticated using (exists (select from billing.customers c
                where c.stripe_account = %1$I.stripe_account and c.customer_id = %1$I.customer_id
                  and c.user_id = (select auth.uid())))', name);
    end loop;
end
$$;

grant select, insert, update on billing.payment_methods, billing.setup_intents to billing_service;
grant select on billing.payment_methods, billing.setup_intents to authenticated;
