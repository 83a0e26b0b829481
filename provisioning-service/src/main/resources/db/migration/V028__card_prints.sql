-- Which customers pay by the same card: a digest of what Stripe says that a card is known by, and nothing of the card itself.
create table provisioning.card_prints (
    stripe_account text not null,
    stripe_customer_id text not null,
    print text not null,
    recorded_at timestamptz not null default now(),
    constraint card_prints_pkey primary key (stripe_account, stripe_customer_id, print),
    constraint card_prints_print_form check (print ~ '^[0-9a-f]{64}$')
);
create index card_prints_print on provisioning.card_prints (stripe_account, print);
create trigger card_prints_append_only before update or delete or truncate on provisioning.card_prints
    for each statement execute function provisioning.refuse_change();
alter table provisioning.card_prints enable row level security, force row level security;
create policy card_prints_backend on provisioning.card_prints
    to provisioning_owner, provisioning_service using (true) with check (true);
grant select, insert on provisioning.card_prints to provisioning_service;

create index subscriptions_tried on provisioning.subscriptions (user_id)
    where trial_start is not null or trial_end is not null;
