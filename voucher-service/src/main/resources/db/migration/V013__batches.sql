-- Codes made in numbers for whoever sells them, and codes that were made elsewhere. Made first, worth something once activated.

grant insert on voucher.channels to voucher_service;
create policy channels_made on voucher.channels for insert to voucher_service with check (true);

-- A code of a batch follows from the batch's key and its unit; once every part was downloaded the key is gone.
create table voucher.voucher_batches (
    id uuid not null,
    channel_id uuid not null,
    name text not null,
    origin text not null,
    duration_months integer not null default 0,
    duration_days integer not null default 0,
    uses_max integer not null default 1,
    expires_at timestamptz,
    size integer not null,
    status text not null,
    -- Units that the present work has come to; after a crash it goes on there.
    progress integer not null default 0,
    parts integer not null default 0,
    parts_downloaded integer not null default 0,
    sealed_key bytea,
    key_id text,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint voucher_batches_pkey primary key (id),
    constraint voucher_batches_name_key unique (name),
    constraint voucher_batches_channel_id_fkey foreign key (channel_id) references voucher.channels (id),
    constraint voucher_batches_origin_known check (origin in ('batch', 'import')),
    constraint voucher_batches_status_known check (
        status in ('generating', 'generated', 'activating', 'active', 'voiding', 'void')),
    constraint voucher_batches_size_limited check (size between 0 and 1000000),
    constraint voucher_batches_progress_within check (progress between 0 and size),
    constraint voucher_batches_parts_within check (parts_downloaded between 0 and parts),
    constraint voucher_batches_key_while_needed check (
        (sealed_key is not null) = (parts_downloaded < parts) and (sealed_key is null) = (key_id is null)),
    constraint voucher_batches_one_term check (
        origin = 'import' or (duration_months > 0 and duration_days = 0) or (duration_days > 0 and duration_months = 0))
);
create index voucher_batches_newest on voucher.voucher_batches (created_at desc, id desc);
create index voucher_batches_at_work on voucher.voucher_batches (created_at)
    where status in ('generating', 'activating', 'voiding');

create table voucher.batch_audit (
    id bigint generated always as identity,
    batch_id uuid not null,
    action text not null,
    actor text not null,
    detail text,
    recorded_at timestamptz not null,
    constraint batch_audit_pkey primary key (id),
    constraint batch_audit_batch_id_fkey foreign key (batch_id) references voucher.voucher_batches (id),
    constraint batch_audit_action_known check (action in (
        'created', 'imported', 'generated', 'downloaded', 'activating', 'active', 'voiding', 'void'))
);
create index batch_audit_of_batch on voucher.batch_audit (batch_id, id);
create trigger batch_audit_append_only
    before update or delete or truncate on voucher.batch_audit
    for each statement execute function voucher.refuse_change();

alter table voucher.vouchers
    -- A code that was made elsewhere has letters that ours have not.
    drop constraint vouchers_last_four_form,
    add constraint vouchers_last_four_form check (last_four ~ '^[0-9A-Z]{4}$');

grant select, insert, update on voucher.voucher_batches to voucher_service;
grant select, insert on voucher.batch_audit to voucher_service;
alter table voucher.voucher_batches enable row level security, force row level security;
alter table voucher.batch_audit enable row level security, force row level security;
create policy voucher_batches_service on voucher.voucher_batches to voucher_service using (true) with check (true);
create policy batch_audit_service on voucher.batch_audit to voucher_service using (true) with check (true);
