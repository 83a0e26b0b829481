-- Attempts to redeem, counted here while Redis is away. Not logged: after a crash the counts begin anew, as they may.
create unlogged table voucher.guess_counters (
    bucket text not null,
    started_at timestamptz not null,
    ends_at timestamptz not null,
    attempts integer not null,
    failures integer not null,
    constraint guess_counters_pkey primary key (bucket),
    constraint guess_counters_not_negative check (attempts >= 0 and failures >= 0)
);
create index guess_counters_ends_at on voucher.guess_counters (ends_at);

grant select, insert, update, delete on voucher.guess_counters to voucher_service;
alter table voucher.guess_counters enable row level security, force row level security;
create policy guess_counters_service on voucher.guess_counters to voucher_service using (true) with check (true);
