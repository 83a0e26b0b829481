-- E-mails that stand on invoices, charges and cards, kept while nobody knows whose the purchase is: the last that a buyer is
-- known by. They go as soon as it is known, and after thirty days in any case.
create table provisioning.contact_hints (
    stripe_account text not null,
    reference text not null,
    place text not null,
    email varchar(255) not null,
    as_of text collate "C" not null,
    recorded_at timestamptz not null default now(),
    constraint contact_hints_pkey primary key (stripe_account, reference, place),
    constraint contact_hints_place_known check (place in ('card', 'charge', 'invoice'))
);
create index contact_hints_recorded_at on provisioning.contact_hints (recorded_at);

-- Guests' sessions that wait for such an e-mail, by what their payment is called.
create table provisioning.contact_waits (
    stripe_account text not null,
    reference text not null,
    subject text not null,
    recorded_at timestamptz not null default now(),
    constraint contact_waits_pkey primary key (stripe_account, reference, subject)
);

alter table provisioning.contact_hints enable row level security, force row level security;
alter table provisioning.contact_waits enable row level security, force row level security;
create policy contact_hints_backend on provisioning.contact_hints
    to provisioning_owner, provisioning_service using (true) with check (true);
create policy contact_waits_backend on provisioning.contact_waits
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert, update, delete on provisioning.contact_hints to provisioning_service;
grant select, insert, delete on provisioning.contact_waits to provisioning_service;

alter table provisioning.stripe_customers drop constraint stripe_customers_evidence_known,
    add constraint stripe_customers_evidence_known check (evidence in ('hint', 'email', 'session', 'customer', 'operator'));
