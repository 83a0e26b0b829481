-- The same books with nothing that guards them but the unique keys, without which nothing could be booked at all.
alter table billing.entry_lines disable trigger user;
alter table billing.journal_entries disable trigger user;
alter table billing.settlements disable trigger user;
alter table billing.balances drop constraint balances_users_not_below_zero, drop constraint balances_sides_not_negative,
    drop constraint balances_users_not_sharded;
alter table billing.entry_lines drop constraint entry_lines_direction_known, drop constraint entry_lines_amount_positive,
    drop constraint entry_lines_shard_not_negative;
