-- What people decide on orders, beside what events tell of them: an order that was held is released or refused, one that was paid
-- with points is refunded, an open one is cancelled by its buyer. Each once, with who it was; nothing of it changes.

create table billing.order_decisions (
    order_id uuid not null,
    kind text not null,
    idempotency_key text not null,
    decided_by text not null,
    note text,
    recorded_at timestamptz not null default now(),
    constraint order_decisions_pkey primary key (order_id, kind),
    constraint order_decisions_key_once unique (idempotency_key),
    constraint order_decisions_order_fkey foreign key (order_id) references billing.orders (order_id),
    constraint order_decisions_kind_known check (kind in ('released', 'refused', 'refunded', 'cancelled')),
    constraint order_decisions_somebodys check (decided_by <> ''),
    constraint order_decisions_note_short check (length(note) between 1 and 500)
);
create unique index order_decisions_reviewed_once on billing.order_decisions (order_id) where kind in ('released', 'refused');
create trigger order_decisions_append_only
    before update or delete or truncate on billing.order_decisions
    for each statement execute function billing.refuse_change();

alter table billing.order_decisions enable row level security;
alter table billing.order_decisions force row level security;
create policy service_all on billing.order_decisions for all to billing_service using (true) with check (true);
create policy backend_reads on billing.order_decisions for select to service_role using (true);
grant select, insert on billing.order_decisions to billing_service;
grant select on billing.order_decisions to service_role;

-- From an invoice that was refunded to the order that it began with.
create index checkout_sessions_invoice on billing.checkout_sessions (stripe_account, invoice_id) where invoice_id is not null;
