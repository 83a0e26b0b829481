-- What an order still owes its buyer.

-- Letters to buyers that are still to be sent. Written with what they tell of, and each once; who dies while sending sends it once
-- more, under the same message id.
create table billing.order_mails (
    order_id uuid not null,
    kind text not null,
    state text not null default 'sending',
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    recorded_at timestamptz not null default now(),
    done_at timestamptz,
    constraint order_mails_pkey primary key (order_id, kind),
    constraint order_mails_order_fkey foreign key (order_id) references billing.orders (order_id),
    constraint order_mails_kind_known check (kind in ('order', 'download', 'refund', 'sold_out')),
    constraint order_mails_state_known check (state in ('sending', 'sent', 'no_address')),
    constraint order_mails_done_has_time check ((state = 'sending') = (done_at is null))
);
create index order_mails_due on billing.order_mails (next_attempt_at) where state = 'sending';

-- How often what was bought was fetched. Counted here, since a link may be shown to anybody.
create table billing.downloads (
    order_id uuid not null,
    line smallint not null,
    used integer not null default 0,
    used_max integer not null,
    recorded_at timestamptz not null default now(),
    constraint downloads_pkey primary key (order_id, line),
    constraint downloads_item_fkey foreign key (order_id, line) references billing.order_items (order_id, line),
    constraint downloads_counted check (used >= 0 and used <= used_max)
);

do $$
declare
    name text;
begin
    foreach name in array array['order_mails', 'downloads']
    loop
        execute format('alter table billing.%I enable row level security', name);
        execute format('alter table billing.%I force row level security', name);
        execute format('create policy service_all on billing.%I for all to billing_service using (true) with check (true)', name);
    end loop;
end
$$;
grant select, insert, update on billing.order_mails, billing.downloads to billing_service;
