-- Invoices with more lines than their events show: all lines, asked of Stripe. The event waits until they are here.
create table provisioning.invoice_lines (
    stripe_account text not null,
    invoice_id text not null,
    lines jsonb,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    outcome text,
    recorded_at timestamptz not null default now(),
    constraint invoice_lines_pkey primary key (stripe_account, invoice_id),
    constraint invoice_lines_outcome_known check (outcome in ('done', 'gone', 'unusable')),
    constraint invoice_lines_said check ((outcome is not distinct from 'done') = (lines is not null))
);
create index invoice_lines_due on provisioning.invoice_lines (next_attempt_at) where outcome is null;
alter table provisioning.invoice_lines enable row level security, force row level security;
create policy invoice_lines_backend on provisioning.invoice_lines
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update on provisioning.invoice_lines to provisioning_service;
