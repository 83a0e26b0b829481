package dev.quittance.billing.expiry;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds what users did not use in time. */
@ApplicationScoped
class ExpiryStore {
    // A day's cutoff is one and the same all day, and so is the key of what it books.
    private static final String FIND = """
            select a.account_id, a.user_id, b.credits - b.debits - fresh.amount as expired, d.cutoff
            from (select date_trunc('day', now() at time zone 'utc' - $2 * interval '1 day') at time zone 'utc' as cutoff) d
            cross join billing.ledger_accounts a
            join billing.balances b on b.account_id = a.account_id and b.shard = 0
            cross join lateral (
              select coalesce(sum(l.amount), 0)::bigint as amount
              from billing.entry_lines l join billing.journal_entries e using (entry_id)
              where l.account_id = a.account_id and l.direction = 'credit' and e.recorded_at >= d.cutoff) fresh
            where a.kind = 'user' and a.unit = $1 and a.account_id > $3 and b.credits > b.debits
              and b.credits - b.debits > fresh.amount
              and ($5::bigint[] is null or a.account_id = any($5))
            order by a.account_id limit $4
            """;

    // In the order in which everybody locks users' balances.
    private static final String LOCK = """
            select b.account_id from billing.balances b where b.account_id = any($1) and b.shard = 0
            order by b.account_id for update
            """;

    private final Pool pool;

    ExpiryStore(Pool pool) {
        this.pool = pool;
    }

    /** The next of them, by their account. What it says may be old when somebody spends meanwhile. */
    Uni<List<Expired>> find(String unit, Duration lasts, long afterAccount, int limit) {
        return find(pool, unit, lasts, afterAccount, limit, null);
    }

    /** The same of these again, when nobody can spend of them any more. */
    Uni<List<Expired>> lock(SqlConnection transaction, String unit, Duration lasts, List<Expired> found) {
        Long[] accounts = found.stream().map(Expired::accountId).toArray(Long[]::new);
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.tuple().addArrayOfLong(accounts))
                .chain(() -> find(transaction, unit, lasts, 0, accounts.length, accounts));
    }

    private static Uni<List<Expired>> find(
            SqlClient client,
            String unit,
            Duration lasts,
            long after,
            int limit,
            Long @org.jspecify.annotations.Nullable [] accounts) {
        Tuple parameters = Tuple.of(unit, (double) lasts.toDays(), after, limit).addArrayOfLong(accounts);
        return client.preparedQuery(FIND).execute(parameters).map(rows -> {
            List<Expired> expired = new ArrayList<>();
            rows.forEach(row -> expired.add(new Expired(
                    row.getLong("account_id"),
                    row.getUUID("user_id"),
                    unit,
                    row.getLong("expired"),
                    row.getOffsetDateTime("cutoff").toInstant())));
            return expired;
        });
    }
}
