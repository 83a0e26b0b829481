-- What is known of a customer besides whose it is, who changed it, and that it is gone.

-- A link may belong to an organisation; the user stays the one who answers for it.
create table provisioning.organisations (
    id uuid not null default gen_random_uuid(),
    name text not null,
    created_at timestamptz not null default now(),
    constraint organisations_pkey primary key (id),
    constraint organisations_name_said check (btrim(name) <> '' and length(name) <= 255)
);
create table provisioning.organisation_members (
    organisation_id uuid not null,
    user_id uuid not null,
    role text not null default 'member',
    created_at timestamptz not null default now(),
    constraint organisation_members_pkey primary key (organisation_id, user_id),
    constraint organisation_members_organisation_fkey foreign key (organisation_id)
        references provisioning.organisations (id) on delete cascade,
    constraint organisation_members_user_fkey foreign key (user_id) references auth.users (id) on delete cascade,
    constraint organisation_members_role_known check (role in ('owner', 'member'))
);
create index organisation_members_user_id on provisioning.organisation_members (user_id);

alter table provisioning.stripe_customers
    add column organisation_id uuid,
    add column billing_address jsonb,
    add column details_as_of text collate "C",
    add column deleted_at timestamptz,
    add constraint stripe_customers_organisation_fkey foreign key (organisation_id)
        references provisioning.organisations (id) on delete set null,
    add constraint stripe_customers_primary_lives check (deleted_at is null or not is_primary);
create index stripe_customers_stripe_id on provisioning.stripe_customers (stripe_customer_id);
create index stripe_customers_organisation on provisioning.stripe_customers (organisation_id)
    where organisation_id is not null;

-- Customers that Stripe deleted, linked or not: whatever comes of one later does not bring it back.
create table provisioning.deleted_customers (
    stripe_account text not null,
    stripe_customer_id text not null,
    deleted_at timestamptz not null,
    event_id text not null,
    recorded_at timestamptz not null default now(),
    constraint deleted_customers_pkey primary key (stripe_account, stripe_customer_id)
);
create trigger deleted_customers_append_only before update or delete or truncate on provisioning.deleted_customers
    for each statement execute function provisioning.refuse_change();

-- What a user may be shown of a payment method, and nothing more of it.
create table provisioning.payment_method_summaries (
    stripe_account text not null,
    payment_method_id text not null,
    type text not null,
    brand text,
    last_four text,
    exp_month integer,
    exp_year integer,
    is_attached boolean not null,
    as_of text collate "C" not null,
    constraint payment_method_summaries_pkey primary key (stripe_account, payment_method_id),
    constraint payment_method_summaries_last_four_only check (last_four ~ '^[0-9]{4}$'),
    constraint payment_method_summaries_month_real check (exp_month between 1 and 12)
);
create index stripe_customers_payment_method on provisioning.stripe_customers (default_payment_method)
    where default_payment_method is not null;

-- Each change of a link with what stood there before and after. It holds personal data, so it goes with its user;
-- until then nobody changes it. customer_audit keeps the ids.
create table provisioning.customer_changes (
    id bigint generated always as identity,
    stripe_account text not null,
    stripe_customer_id text not null,
    user_id uuid not null,
    actor text not null,
    operation text not null,
    before jsonb not null,
    after jsonb not null,
    recorded_at timestamptz not null default now(),
    constraint customer_changes_pkey primary key (id),
    constraint customer_changes_user_fkey foreign key (user_id) references auth.users (id) on delete cascade,
    constraint customer_changes_operation_known check (operation in ('insert', 'update'))
);
create index customer_changes_user_id on provisioning.customer_changes (user_id);
create index customer_changes_customer on provisioning.customer_changes (stripe_account, stripe_customer_id);
create trigger customer_changes_append_only before update or truncate on provisioning.customer_changes
    for each statement execute function provisioning.refuse_change();

create function provisioning.record_customer_change() returns trigger
    language plpgsql security definer set search_path = '' as $$
declare
    -- Who writes: the operator or job that says so, else the role that a frontend was given, else the login.
    actor text := coalesce(nullif(current_setting('quittance.actor', true), ''),
        nullif(current_setting('role', true), 'none'), session_user);
    passed_over text[] := array['id', 'created_at', 'updated_at', 'is_announced', 'email_as_of', 'name_as_of',
        'metadata_as_of', 'details_as_of'];
    stood jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) - passed_over end;
    stands jsonb := case when tg_op = 'DELETE' then '{}' else jsonb_strip_nulls(to_jsonb(new) - passed_over) end;
    was jsonb;
    became jsonb;
begin
    if tg_op = 'DELETE' then
        insert into provisioning.customer_audit (stripe_account, subject, action, user_id, event_id)
        values (old.stripe_account, old.stripe_customer_id, 'unlinked', old.user_id, '');
        return null;
    end if;
    select coalesce(jsonb_object_agg(key, value), '{}') into was
        from jsonb_each(stood) where value is distinct from coalesce(stands -> key, 'null');
    select coalesce(jsonb_object_agg(key, value), '{}') into became
        from jsonb_each(stands) where value is distinct from coalesce(stood -> key, 'null');
    if was <> '{}' or became <> '{}' then
        insert into provisioning.customer_changes
          (stripe_account, stripe_customer_id, user_id, actor, operation, before, after)
        values (new.stripe_account, new.stripe_customer_id, new.user_id, actor, lower(tg_op), was, became);
    end if;
    return null;
end
$$;
revoke all on function provisioning.record_customer_change() from public;
create trigger stripe_customers_recorded after insert or update or delete on provisioning.stripe_customers
    for each row execute function provisioning.record_customer_change();

alter table provisioning.organisations enable row level security, force row level security;
alter table provisioning.organisation_members enable row level security, force row level security;
alter table provisioning.deleted_customers enable row level security, force row level security;
alter table provisioning.payment_method_summaries enable row level security, force row level security;
alter table provisioning.customer_changes enable row level security, force row level security;

create policy organisations_own on provisioning.organisations for select to authenticated using (
    id in (select m.organisation_id from provisioning.organisation_members m where m.user_id = (select auth.uid())));
create policy organisations_backend on provisioning.organisations
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy organisation_members_own on provisioning.organisation_members for select to authenticated
    using ((select auth.uid()) = user_id);
create policy organisation_members_backend on provisioning.organisation_members
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);
create policy deleted_customers_backend on provisioning.deleted_customers
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy payment_method_summaries_backend on provisioning.payment_method_summaries
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy customer_changes_backend on provisioning.customer_changes
    to provisioning_owner, provisioning_service, service_role using (true) with check (true);

grant select, insert, update, delete on provisioning.organisations, provisioning.organisation_members
    to provisioning_service, service_role;
grant select on provisioning.organisations, provisioning.organisation_members to authenticated;
grant select, insert on provisioning.deleted_customers to provisioning_service;
grant select, insert, update on provisioning.payment_method_summaries to provisioning_service;
grant select on provisioning.customer_changes to provisioning_service, service_role;
grant select (organisation_id, billing_address, deleted_at) on provisioning.stripe_customers to authenticated;
