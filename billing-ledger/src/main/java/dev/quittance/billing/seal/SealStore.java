package dev.quittance.billing.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The seals. */
@ApplicationScoped
class SealStore {
    // One sealer at a time; the lock goes with the transaction, also when its process is killed.
    private static final String TRY_TO_LEAD =
            "select pg_try_advisory_xact_lock(hashtextextended('quittance.seal', 0)) as leads";

    private static final String LAST_GIVEN_ID =
            "select case when is_called then last_value else 0 end as entry_id from billing.journal_entries_entry_id_seq";

    private static final String OWN_TRANSACTION = "select pg_current_xact_id()::text::bigint as xid";

    private static final String OLDEST_RUNNING = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid";

    private static final String SEAL = """
            select seal_id, first_entry_id, last_entry_id, entries, hash, recorded_at
            from billing.seal_entries($1, $2)
            """;

    private static final String FIND_HEAD = """
            select seal_id, first_entry_id, last_entry_id, entries, hash, recorded_at
            from billing.ledger_seals order by seal_id desc limit 1
            """;

    private final Pool pool;

    SealStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * How far the journal had come at some moment. Every entry up to {@code lastEntryId} is of a transaction before {@code
     * transaction}, since writers take their transaction's id before their entries' ids.
     */
    record Horizon(long lastEntryId, long transaction) {}

    Uni<Boolean> tryToLead(SqlConnection transaction) {
        return transaction
                .preparedQuery(TRY_TO_LEAD)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("leads"));
    }

    /** The order of the two questions is what makes it true. */
    Uni<Horizon> horizon(SqlConnection transaction) {
        return number(transaction, LAST_GIVEN_ID, "entry_id")
                .chain(last -> number(transaction, OWN_TRANSACTION, "xid").map(xid -> new Horizon(last, xid)));
    }

    /** Whether nobody writes any more below the horizon. */
    Uni<Boolean> isSettled(SqlConnection transaction, Horizon horizon) {
        return number(transaction, OLDEST_RUNNING, "xid").map(oldest -> oldest >= horizon.transaction());
    }

    /** Seals the next block, unless there is nothing to seal. */
    Uni<Optional<Seal>> seal(SqlConnection transaction, long upTo, int entriesMax) {
        return transaction
                .preparedQuery(SEAL)
                .execute(Tuple.of(upTo, entriesMax))
                .map(SealStore::first);
    }

    Uni<Optional<Seal>> head() {
        return pool.preparedQuery(FIND_HEAD).execute().map(SealStore::first);
    }

    private static Uni<Long> number(SqlConnection transaction, String sql, String column) {
        return transaction
                .preparedQuery(sql)
                .execute()
                .map(rows -> rows.iterator().next().getLong(column));
    }

    private static Optional<Seal> first(RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        if (!found.hasNext()) {
            return Optional.empty();
        }
        Row row = found.next();
        return Optional.of(new Seal(
                row.getLong("seal_id"),
                row.getLong("first_entry_id"),
                row.getLong("last_entry_id"),
                row.getInteger("entries"),
                Seal.hex(row.getBuffer("hash").getBytes()),
                row.getOffsetDateTime("recorded_at").toInstant()));
    }
}
