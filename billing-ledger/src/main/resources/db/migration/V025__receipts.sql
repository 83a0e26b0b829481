-- Which purchases were receipted by mail. Taken before it is sent and marked after: who dies in between sends it once more, under
-- the same message id. The address is not kept here.
create table billing.receipts (
    anchor text not null,
    user_id uuid not null,
    state text not null default 'sending',
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    done_at timestamptz,
    constraint receipts_pkey primary key (anchor),
    constraint receipts_settlement_fkey foreign key (anchor) references billing.settlements (anchor),
    constraint receipts_state_known check (state in ('sending', 'sent', 'no_address')),
    constraint receipts_done_has_time check ((state = 'sending') = (done_at is null))
);
create index receipts_due on billing.receipts (next_attempt_at) where state = 'sending';

alter table billing.receipts enable row level security;
alter table billing.receipts force row level security;
create policy service_all on billing.receipts for all to billing_service using (true) with check (true);
create policy own_rows on billing.receipts for select to authenticated using (user_id = (select auth.uid()));

grant select, insert, update on billing.receipts to billing_service;
grant select on billing.receipts to authenticated;
