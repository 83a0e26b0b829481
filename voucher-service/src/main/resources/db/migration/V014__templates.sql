-- What becomes of a voucher when it is issued, by what it came from and its term; a term of nothing stands for all others.
create table voucher.voucher_templates (
    origin text not null,
    duration_months integer not null default 0,
    duration_days integer not null default 0,
    delivery text not null,
    valid_days integer,
    updated_by text not null,
    updated_at timestamptz not null,
    constraint voucher_templates_pkey primary key (origin, duration_months, duration_days),
    constraint voucher_templates_origin_known check (origin in ('purchase', 'subscription')),
    constraint voucher_templates_term check (
        duration_months >= 0 and duration_days >= 0 and (duration_months = 0 or duration_days = 0)),
    constraint voucher_templates_delivery_known check (delivery in ('hand-out', 'redeem')),
    constraint voucher_templates_valid_days_positive check (valid_days > 0)
);

create index vouchers_expiring on voucher.vouchers (expires_at)
    where expires_at is not null and status in ('generated', 'active');

-- Codes on their way to whom they were given, sealed. Both code and address are erased when the mail is out.
create table voucher.voucher_mails (
    id uuid not null,
    voucher_id uuid not null,
    owner_user_id uuid not null,
    recipient text,
    sealed_code bytea,
    key_id text,
    status text not null default 'waiting',
    attempts integer not null default 0,
    due_at timestamptz not null,
    created_at timestamptz not null,
    constraint voucher_mails_pkey primary key (id),
    constraint voucher_mails_voucher_id_fkey foreign key (voucher_id) references voucher.vouchers (id),
    constraint voucher_mails_status_known check (status in ('waiting', 'sent', 'failed')),
    constraint voucher_mails_erased_when_done check (
        (status = 'waiting') = (recipient is not null) and (recipient is null) = (sealed_code is null)
        and (recipient is null) = (key_id is null))
);
create unique index voucher_mails_one_waiting on voucher.voucher_mails (voucher_id) where status = 'waiting';
create index voucher_mails_due on voucher.voucher_mails (due_at) where status = 'waiting';
create index voucher_mails_of_owner on voucher.voucher_mails (owner_user_id, created_at);

grant select, insert, update on voucher.voucher_templates, voucher.voucher_mails to voucher_service;
alter table voucher.voucher_templates enable row level security, force row level security;
alter table voucher.voucher_mails enable row level security, force row level security;
create policy voucher_templates_service on voucher.voucher_templates to voucher_service using (true) with check (true);
create policy voucher_mails_service on voucher.voucher_mails to voucher_service using (true) with check (true);
