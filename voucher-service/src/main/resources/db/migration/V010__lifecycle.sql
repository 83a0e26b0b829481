-- What a reversed purchase, a dispute or the end of a subscription does to vouchers, and what undoes it.

-- The one table of transitions says of each whether it is only a way back: out of a revocation, to where that found the voucher.
alter table voucher.voucher_transitions add column only_back boolean not null default false;
insert into voucher.voucher_transitions (from_status, to_status, only_back) values
    ('void', 'active', true),
    ('reversed', 'redeemed', true);

alter table voucher.vouchers
    alter column owner_user_id drop not null,
    -- What the voucher came from. 'use' is one use of a code that many may use.
    add column origin text not null default 'purchase',
    -- The purchase whose reversal takes it, when that is not its anchor: the invoice that paid for a subscription's period.
    add column paid_anchor text,
    add column expires_at timestamptz,
    -- Where a revocation found it and where its undoing puts it back; null when it is not revoked.
    add column revoked_from text,
    add column revocation text,
    add column revision bigint not null default 0,
    add constraint vouchers_origin_known check (origin in ('purchase', 'subscription', 'batch', 'import', 'use')),
    add constraint vouchers_have_an_owner check (owner_user_id is not null or origin in ('batch', 'import')),
    add constraint vouchers_of_a_subscription check ((origin = 'subscription') <= (subscription_id is not null)),
    add constraint vouchers_revoked_with_cause check ((revoked_from is null) = (revocation is null)),
    add constraint vouchers_revoked_is_what_it_says check (revoked_from is null or status =
        case revoked_from when 'active' then 'void' when 'redeemed' then 'reversed' else revoked_from end),
    add constraint vouchers_revision_not_negative check (revision >= 0);

create index vouchers_of_paid_anchor on voucher.vouchers (paid_anchor) where paid_anchor is not null;
create index vouchers_of_subscription on voucher.vouchers (subscription_id) where subscription_id is not null;

create or replace function voucher.check_voucher_change() returns trigger
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
           or new.duration_months <> old.duration_months or new.duration_days <> old.duration_days
           or new.origin <> old.origin then
            raise exception 'what a voucher is does not change' using errcode = 'check_violation',
                constraint = 'vouchers_identity_is_fixed', table = 'vouchers', schema = 'voucher';
        end if;
        if new.status = old.status then
            return new;
        end if;
    end if;
    if not exists (select from voucher.voucher_transitions t where t.from_status = came_from and t.to_status = new.status
                   and (not t.only_back or (old.revoked_from = new.status and new.revoked_from is null))) then
        raise exception 'a voucher does not go from % to %', came_from, new.status using errcode = 'check_violation',
            constraint = 'vouchers_transition_is_legal', table = 'vouchers', schema = 'voucher';
    end if;
    return new;
end
$$;

alter table voucher.voucher_audit
    drop constraint voucher_audit_action_known,
    add constraint voucher_audit_action_known check (action in (
        'issued', 'revealed', 'redeemed', 'revoked', 'restored', 'expired', 'voided', 'activated', 'sent'));

-- How the money of a purchase stands, as billing told it last. Kept for purchases that are not here yet as well.
create table voucher.payment_reversals (
    anchor text not null,
    revision bigint not null,
    reversal_id text not null,
    paid_minor bigint not null,
    reversed_minor bigint not null,
    currency char(3) not null,
    told_at timestamptz not null,
    constraint payment_reversals_pkey primary key (anchor),
    constraint payment_reversals_not_negative check (paid_minor >= 0 and reversed_minor >= 0),
    constraint payment_reversals_revision_positive check (revision >= 1)
);

-- What puts a purchase in doubt: while one hold is not released, what it bought and is unused is frozen.
create table voucher.payment_holds (
    anchor text not null,
    hold_id text not null,
    reason text not null,
    released boolean not null,
    told_at timestamptz not null,
    constraint payment_holds_pkey primary key (anchor, hold_id)
);
create index payment_holds_open on voucher.payment_holds (anchor) where not released;

-- How a subscription stands, as provisioning told it last.
create table voucher.subscription_states (
    stripe_account text not null,
    subscription_id text not null,
    revision bigint not null,
    status text not null,
    told_at timestamptz not null,
    constraint subscription_states_pkey primary key (stripe_account, subscription_id)
);

grant select, insert, update on voucher.payment_reversals, voucher.payment_holds, voucher.subscription_states
    to voucher_service;

alter table voucher.payment_reversals enable row level security, force row level security;
alter table voucher.payment_holds enable row level security, force row level security;
alter table voucher.subscription_states enable row level security, force row level security;
create policy payment_reversals_service on voucher.payment_reversals to voucher_service using (true) with check (true);
create policy payment_holds_service on voucher.payment_holds to voucher_service using (true) with check (true);
create policy subscription_states_service on voucher.subscription_states to voucher_service using (true) with check (true);

-- Channels are no secret: whoever is signed in may tell them apart.
create policy channels_readers on voucher.channels for select to authenticated, service_role using (true);
grant select on voucher.channels to authenticated, service_role;
grant select (origin, expires_at) on voucher.vouchers to authenticated, service_role;

do $$
begin
    -- On a database that others use too, a table of that name may be there; it is theirs.
    if to_regclass('public.channels') is null then
        create view public.channels with (security_invoker = true) as
            select id, name, created_at from voucher.channels;
        grant select on public.channels to authenticated, service_role;
    end if;
end
$$;
