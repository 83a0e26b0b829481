package dev.quittance.ingest.reconciliation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs and how far they are. */
@Singleton
final class ReconciliationStore {
    private static final String COLUMNS =
            " id, requested_by, account, scope, from_at, to_at, state, next_after, pages, listed, unreadable,"
                    + " missing, published, arrived, oldest_undelivered_at, attempts, last_failure, recorded_at, finished_at";

    private static final String BEGIN = """
            insert into ingest.reconciliation_runs (requested_by, account, scope, from_at, to_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing returning
            """ + COLUMNS;

    // Taken by moving the time of the next attempt on: a process that dies leaves the run to the next.
    private static final String TAKE = """
            update ingest.reconciliation_runs set attempts = attempts + 1, next_attempt_at = now() + $1 * interval '1 millisecond'
            where id = (select id from ingest.reconciliation_runs
                        where state in ('listing', 'publishing') and next_attempt_at <= now()
                        order by next_attempt_at limit 1 for update skip locked)
            returning
            """ + COLUMNS;

    // Only from where the page began: a lease that ran out counts nothing twice.
    private static final String GO_ON = """
            update ingest.reconciliation_runs
            set next_after = coalesce($3, next_after), pages = pages + 1, listed = listed + $4, unreadable = unreadable + $5,
                missing = missing + $6, oldest_undelivered_at = coalesce($7, oldest_undelivered_at),
                state = case when $8 then 'listing' else 'publishing' end, attempts = 0, last_failure = null, next_attempt_at = now()
            where id = $1 and state = 'listing' and next_after is not distinct from $2
            """;

    private static final String COUNT = """
            update ingest.reconciliation_runs
            set published = published + $2, arrived = arrived + $3, attempts = 0, last_failure = null, next_attempt_at = now()
            where id = $1 and state = 'publishing'
            """;

    private static final String POSTPONE = """
            update ingest.reconciliation_runs set next_attempt_at = now() + $2 * interval '1 millisecond', last_failure = $3
            where id = $1
            """;

    private static final String FINISH = """
            update ingest.reconciliation_runs set state = 'done', finished_at = now()
            where id = $1 and state = 'publishing'
            """;

    private static final String FIND = "select" + COLUMNS + " from ingest.reconciliation_runs where id = $1";

    private static final String LATEST =
            "select" + COLUMNS + " from ingest.reconciliation_runs order by id desc limit 100";

    private final Pool pool;

    ReconciliationStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A page that was looked at.
     *
     * @param last its last event, behind which the next page begins; null when it was empty
     */
    record Page(
            @Nullable String last,
            int listed,
            int unreadable,
            int missing,
            @Nullable Instant oldestUndelivered,
            boolean hasMore) {}

    /** Nothing when one of this scope and account runs already. */
    Uni<Optional<Run>> begin(String by, String account, Scope scope, Instant from, Instant to) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(by, account, scope.token(), time(from), time(to)))
                .map(ReconciliationStore::first);
    }

    Uni<Optional<Run>> take(Duration lease) {
        return pool.preparedQuery(TAKE).execute(Tuple.of(lease.toMillis())).map(ReconciliationStore::first);
    }

    /** False when another process was there first. */
    Uni<Boolean> goOn(SqlConnection transaction, Run run, Page page) {
        return transaction
                .preparedQuery(GO_ON)
                .execute(Tuple.tuple()
                        .addLong(run.id())
                        .addString(run.nextAfter())
                        .addString(page.last())
                        .addInteger(page.listed())
                        .addInteger(page.unreadable())
                        .addInteger(page.missing())
                        .addOffsetDateTime(page.oldestUndelivered() == null ? null : time(page.oldestUndelivered()))
                        .addBoolean(page.hasMore()))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> count(SqlConnection transaction, Run run, int published, int arrived) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(run.id(), published, arrived))
                .replaceWithVoid();
    }

    Uni<Void> postpone(Run run, Duration pause, String failure) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(run.id(), pause.toMillis(), failure))
                .replaceWithVoid();
    }

    Uni<Void> finish(Run run) {
        return pool.preparedQuery(FINISH).execute(Tuple.of(run.id())).replaceWithVoid();
    }

    Uni<Optional<Run>> find(long id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(ReconciliationStore::first);
    }

    Uni<List<Run>> latest() {
        return pool.query(LATEST).execute().map(ReconciliationStore::runs);
    }

    private static Optional<Run> first(RowSet<Row> rows) {
        return runs(rows).stream().findFirst();
    }

    private static List<Run> runs(RowSet<Row> rows) {
        List<Run> runs = new ArrayList<>();
        rows.forEach(row -> runs.add(new Run(
                row.getLong("id"),
                row.getString("requested_by"),
                row.getString("account"),
                Scope.of(row.getString("scope")),
                row.getOffsetDateTime("from_at").toInstant(),
                row.getOffsetDateTime("to_at").toInstant(),
                row.getString("state"),
                row.getString("next_after"),
                row.getInteger("pages"),
                row.getLong("listed"),
                row.getLong("unreadable"),
                row.getLong("missing"),
                row.getLong("published"),
                row.getLong("arrived"),
                instant(row.getOffsetDateTime("oldest_undelivered_at")),
                row.getInteger("attempts"),
                row.getString("last_failure"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                instant(row.getOffsetDateTime("finished_at")))));
        return runs;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
