package dev.quittance.billing.spending;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Spends as they were decided, refused ones too. */
@ApplicationScoped
class SpendStore {
    // Two requests with one key: the second waits, and then finds what the first was told.
    private static final String LOCK_KEY =
            "select pg_advisory_xact_lock(hashtextextended('quittance.spend.' || $1 || '.' || $2, 0))";

    private static final String FIND = """
            select unit, amount, description, order_id, outcome, balance
            from billing.spends where user_id = $1 and idempotency_key = $2
            """;

    private static final String FIND_BALANCE = """
            select now() as at, coalesce((
              select b.credits - b.debits from billing.ledger_accounts a
              join billing.balances b on b.account_id = a.account_id
              where a.name = 'user:' || $1 || ':' || $2), 0)::bigint as balance
            """;

    private static final String INSERT = """
            insert into billing.spends
              (user_id, idempotency_key, spend_id, unit, amount, description, order_id, outcome, balance)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private static final String BOOKED = "booked";
    private static final String REFUSED = "insufficient";

    /** What was decided before under a key. */
    record Remembered(Spend spend, boolean isBooked, long balance) {}

    /** What the user has at this moment. */
    record Funds(long balance, Instant at) {}

    SpendStore() {}

    Uni<Optional<Remembered>> lockAndFind(SqlConnection transaction, Spend spend) {
        String user = spend.userId().toString();
        return transaction
                .preparedQuery(LOCK_KEY)
                .execute(Tuple.of(user, spend.idempotencyKey()))
                .chain(() -> transaction.preparedQuery(FIND).execute(Tuple.of(spend.userId(), spend.idempotencyKey())))
                .map(rows -> remembered(spend, rows));
    }

    private static Optional<Remembered> remembered(Spend asked, RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        if (!found.hasNext()) {
            return Optional.empty();
        }
        Row row = found.next();
        Spend spend = new Spend(
                asked.userId(),
                asked.idempotencyKey(),
                row.getString("unit"),
                row.getLong("amount"),
                row.getString("description"),
                row.getUUID("order_id"));
        return Optional.of(new Remembered(spend, row.getString("outcome").equals(BOOKED), row.getLong("balance")));
    }

    Uni<Funds> funds(SqlConnection transaction, Spend spend) {
        return transaction
                .preparedQuery(FIND_BALANCE)
                .execute(Tuple.of(spend.userId().toString(), spend.unit()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Funds(
                        row.getLong("balance"), row.getOffsetDateTime("at").toInstant()));
    }

    Uni<Void> remember(SqlConnection transaction, Spend spend, boolean isBooked, long balance) {
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addUUID(spend.userId())
                        .addString(spend.idempotencyKey())
                        .addUUID(spend.id())
                        .addString(spend.unit())
                        .addLong(spend.amount())
                        .addString(spend.description())
                        .addUUID(spend.orderId())
                        .addString(isBooked ? BOOKED : REFUSED)
                        .addLong(balance))
                .replaceWithVoid();
    }
}
