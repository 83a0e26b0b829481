-- Vouchers: what was bought, whose it is, and what became of it.

create table voucher.channels (
    id uuid not null,
    name text not null,
    created_at timestamptz not null default now(),
    constraint channels_pkey primary key (id),
    constraint channels_name_key unique (name)
);

insert into voucher.channels (id, name) values ('c4c8ca3f-3083-4484-a69c-cd64624ab765', 'default');

-- Whose account is whose, as provisioning told it: what "my own account" means in a redemption.
create table voucher.account_holders (
    user_id uuid not null,
    account_number text not null,
    told_at timestamptz not null,
    constraint account_holders_pkey primary key (user_id),
    constraint account_holders_account_number_fkey
        foreign key (account_number) references provisioning.accounts (account_number)
);

-- The one place that says what may become of a voucher. 'new' is where a row comes from that was not there before.
create table voucher.voucher_transitions (
    from_status text not null,
    to_status text not null,
    constraint voucher_transitions_pkey primary key (from_status, to_status)
);

insert into voucher.voucher_transitions (from_status, to_status) values
    ('new', 'generated'),
    ('new', 'active'),
    ('generated', 'active'),
    ('generated', 'void'),
    ('generated', 'expired'),
    ('active', 'redeemed'),
    ('active', 'void'),
    ('active', 'expired'),
    ('redeemed', 'reversed');

-- A code is nowhere in clear: code_hash finds it, sealed_code keeps it for its owner until it is handed out.
create table voucher.vouchers (
    id uuid not null default gen_random_uuid(),
    code_hash bytea not null,
    code_key_id text not null,
    last_four text not null,
    sealed_code bytea,
    duration_months integer not null default 0,
    duration_days integer not null default 0,
    status text not null default 'active',
    is_used boolean not null default false,
    used_at timestamptz,
    associated_account text,
    owner_user_id uuid not null,
    channel_id uuid not null default 'c4c8ca3f-3083-4484-a69c-cd64624ab765',
    subscription_id text,
    stripe_account text not null default '',
    payment_intent_id text,
    anchor text not null,
    unit integer not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    updated_by text not null,
    constraint vouchers_pkey primary key (id),
    constraint vouchers_code_hash_key unique (code_hash),
    constraint vouchers_one_per_unit unique (anchor, unit),
    constraint vouchers_associated_account_fkey
        foreign key (associated_account) references provisioning.accounts (account_number),
    constraint vouchers_payment_intent_id_fkey foreign key (stripe_account, payment_intent_id)
        references billing.payment_intents (stripe_account, payment_intent_id),
    constraint vouchers_channel_id_fkey foreign key (channel_id) references voucher.channels (id),
    constraint vouchers_code_hash_length check (octet_length(code_hash) = 32),
    constraint vouchers_last_four_form check (last_four ~ '^[0-9A-HJKMNP-TV-Z]{4}$'),
    constraint vouchers_one_term check (
        (duration_months > 0 and duration_days = 0) or (duration_days > 0 and duration_months = 0)),
    constraint vouchers_status_known check (
        status in ('generated', 'active', 'redeemed', 'reversed', 'void', 'expired')),
    constraint vouchers_used_when_redeemed check (is_used = (status in ('redeemed', 'reversed'))),
    constraint vouchers_used_at_when_used check (is_used = (used_at is not null)),
    constraint vouchers_used_has_account check (not is_used or associated_account is not null),
    constraint vouchers_used_code_is_erased check (not is_used or sealed_code is null),
    constraint vouchers_unit_from_one check (unit >= 1)
);

create index vouchers_of_owner on voucher.vouchers (owner_user_id, created_at desc, id desc);
create index vouchers_of_account on voucher.vouchers (associated_account);
create index vouchers_of_payment_intent on voucher.vouchers (stripe_account, payment_intent_id)
    where payment_intent_id is not null;

create function voucher.check_voucher_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    came_from text := 'new';
begin
    if tg_op = 'UPDATE' then
        came_from := old.status;
        new.updated_at := now();
        if new.id <> old.id or new.code_hash <> old.code_hash or new.anchor <> old.anchor or new.unit <> old.unit
           or new.duration_months <> old.duration_months or new.duration_days <> old.duration_days then
            raise exception 'what a voucher is does not change' using errcode = 'check_violation',
                constraint = 'vouchers_identity_is_fixed', table = 'vouchers', schema = 'voucher';
        end if;
        if new.status = old.status then
            return new;
        end if;
    end if;
    if not exists (select from voucher.voucher_transitions where from_status = came_from and to_status = new.status) then
        raise exception 'a voucher does not go from % to %', came_from, new.status using errcode = 'check_violation',
            constraint = 'vouchers_transition_is_legal', table = 'vouchers', schema = 'voucher';
    end if;
    return new;
end
$$;

create trigger vouchers_change_is_legal
    before insert or update on voucher.vouchers
    for each row execute function voucher.check_voucher_change();

-- Who used a voucher up, and the answer that a repeated request gets. Append-only.
create table voucher.voucher_redemptions (
    id bigint generated always as identity,
    voucher_id uuid not null,
    account_number text not null,
    redeemed_by uuid not null,
    idempotency_key text,
    request_hash bytea,
    redeemed_at timestamptz not null,
    constraint voucher_redemptions_pkey primary key (id),
    constraint voucher_redemptions_once unique (voucher_id),
    constraint voucher_redemptions_idempotency_key unique (redeemed_by, idempotency_key),
    constraint voucher_redemptions_voucher_id_fkey foreign key (voucher_id) references voucher.vouchers (id),
    constraint voucher_redemptions_account_number_fkey
        foreign key (account_number) references provisioning.accounts (account_number),
    constraint voucher_redemptions_key_with_request check ((idempotency_key is null) = (request_hash is null))
);

create index voucher_redemptions_of_account on voucher.voucher_redemptions (account_number);

-- Everything that was done to a voucher, by whom. Append-only.
create table voucher.voucher_audit (
    id bigint generated always as identity,
    voucher_id uuid not null,
    action text not null,
    actor text not null,
    cause text,
    recorded_at timestamptz not null,
    constraint voucher_audit_pkey primary key (id),
    constraint voucher_audit_voucher_id_fkey foreign key (voucher_id) references voucher.vouchers (id),
    constraint voucher_audit_action_known check (action in ('issued', 'revealed', 'redeemed'))
);

create index voucher_audit_of_voucher on voucher.voucher_audit (voucher_id, id);

create function voucher.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger voucher_redemptions_append_only
    before update or delete or truncate on voucher.voucher_redemptions
    for each statement execute function voucher.refuse_change();
create trigger voucher_audit_append_only
    before update or delete or truncate on voucher.voucher_audit
    for each statement execute function voucher.refuse_change();

-- The service's own login.
grant select on voucher.channels, voucher.voucher_transitions to voucher_service;
grant select, insert, update on voucher.account_holders to voucher_service;
grant select, insert, update on voucher.vouchers to voucher_service;
grant select, insert on voucher.voucher_redemptions, voucher.voucher_audit to voucher_service;

alter table voucher.channels enable row level security;
alter table voucher.channels force row level security;
alter table voucher.account_holders enable row level security;
alter table voucher.account_holders force row level security;
alter table voucher.vouchers enable row level security;
alter table voucher.vouchers force row level security;
alter table voucher.voucher_redemptions enable row level security;
alter table voucher.voucher_redemptions force row level security;
alter table voucher.voucher_audit enable row level security;
alter table voucher.voucher_audit force row level security;

create policy channels_service on voucher.channels for select to voucher_service using (true);
create policy account_holders_service on voucher.account_holders to voucher_service using (true) with check (true);
create policy vouchers_service on voucher.vouchers to voucher_service using (true) with check (true);
create policy voucher_redemptions_service on voucher.voucher_redemptions to voucher_service using (true) with check (true);
create policy voucher_audit_service on voucher.voucher_audit to voucher_service using (true) with check (true);

-- What a frontend reads: one's own vouchers, and never what leads back to a code.
create policy vouchers_own on voucher.vouchers for select to authenticated
    using ((select auth.uid()) = owner_user_id);
create policy vouchers_backend on voucher.vouchers for select to service_role using (true);

grant usage on schema voucher to authenticated, service_role;
grant select (id, last_four, duration_months, duration_days, status, is_used, used_at, associated_account, owner_user_id,
              channel_id, subscription_id, payment_intent_id, created_at, updated_at)
    on voucher.vouchers to authenticated, service_role;

do $$
begin
    -- On a database that others use too, a table of that name may be there; it is theirs.
    if to_regclass('public.vouchers') is null then
        create view public.vouchers with (security_invoker = true) as
            select id, last_four, duration_months, duration_days, status, is_used, used_at, associated_account,
                   owner_user_id, channel_id, subscription_id, payment_intent_id, created_at, updated_at
            from voucher.vouchers;
        grant select on public.vouchers to authenticated, service_role;
    end if;
end
$$;
