-- How far the accounts are paid, as provisioning told it: what a redemption answers. Provisioning owns the expiry.
create table voucher.account_expiries (
    account_number text not null,
    expiry timestamptz,
    expiry_told_at timestamptz,
    -- Of AccessChanged; a closed account takes no vouchers.
    access_revision bigint not null default 0,
    is_closed boolean not null default false,
    constraint account_expiries_pkey primary key (account_number),
    constraint account_expiries_account_number_fkey
        foreign key (account_number) references provisioning.accounts (account_number)
);

-- Which moves provisioning has made: a redemption without its move is still on its way.
create table voucher.account_moves (
    cause text not null,
    account_number text not null,
    expiry timestamptz not null,
    told_at timestamptz not null,
    constraint account_moves_pkey primary key (cause)
);
create index account_moves_of_account on voucher.account_moves (account_number);

create trigger account_moves_append_only
    before update or delete or truncate on voucher.account_moves
    for each statement execute function voucher.refuse_change();

-- What the answer said, for when it is asked for again.
alter table voucher.voucher_redemptions
    add column previous_expiry timestamptz,
    add column new_expiry timestamptz;

-- A code that many may use: each use becomes a voucher of its own, with a code that nobody has.
alter table voucher.vouchers
    add column uses_max integer not null default 1,
    add column uses integer not null default 0,
    add column used_of uuid,
    add constraint vouchers_used_of_fkey foreign key (used_of) references voucher.vouchers (id),
    add constraint vouchers_uses_within_limit check (uses between 0 and uses_max),
    add constraint vouchers_one_use_is_no_count check (uses_max > 1 or (uses_max = 1 and uses = 0)),
    add constraint vouchers_use_is_of_a_code check ((origin = 'use') = (used_of is not null));
create unique index vouchers_one_use_per_account on voucher.vouchers (used_of, associated_account)
    where used_of is not null;

grant select, insert, update on voucher.account_expiries to voucher_service;
grant select, insert on voucher.account_moves to voucher_service;
alter table voucher.account_expiries enable row level security, force row level security;
alter table voucher.account_moves enable row level security, force row level security;
create policy account_expiries_service on voucher.account_expiries to voucher_service using (true) with check (true);
create policy account_moves_service on voucher.account_moves to voucher_service using (true) with check (true);
