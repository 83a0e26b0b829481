package dev.quittance.billing.reconciliation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs and how far they are. */
@ApplicationScoped
class ReconciliationStore {
    private static final String COLUMNS =
            "run_id, stripe_account, payout_id, from_at, to_at, state, next_after, pages, movements, differences,"
                    + " attempts, recorded_at, finished_at";

    private static final String BEGIN =
            "insert into billing.reconciliation_runs (stripe_account, payout_id, from_at, to_at)"
                    + " values ($1, $2, $3, $4) on conflict do nothing returning " + COLUMNS;

    private static final String BEGIN_PAYOUTS = """
            insert into billing.reconciliation_runs (stripe_account, payout_id) select $2, p from unnest($1::text[]) as p
            where not exists (select from billing.reconciliation_runs r where r.stripe_account = $2 and r.payout_id = p)
            on conflict do nothing
            """;

    // Taken by moving the time of the next attempt on: a process that dies leaves the run to the next.
    private static final String TAKE = """
            update billing.reconciliation_runs r
            set attempts = r.attempts + 1, next_attempt_at = now() + $1 * interval '1 millisecond'
            from (select run_id from billing.reconciliation_runs where state = 'running' and next_attempt_at <= now()
                  order by next_attempt_at limit 1 for update skip locked) due
            where r.run_id = due.run_id
            returning r.run_id, r.stripe_account, r.payout_id, r.from_at, r.to_at, r.state, r.next_after, r.pages, r.movements, r.differences,
                      r.attempts, r.recorded_at, r.finished_at
            """;

    private static final String POSTPONE =
            "update billing.reconciliation_runs set next_attempt_at = now() + $2 * interval '1 millisecond' where run_id = $1";

    // Only from where the page began: a lease that ran out does not count a page twice.
    private static final String GO_ON = """
            update billing.reconciliation_runs
            set next_after = $3, pages = pages + 1, movements = movements + $4, attempts = 0, next_attempt_at = now()
            where run_id = $1 and state = 'running' and next_after is not distinct from $2
            """;

    private static final String FINISH = """
            update billing.reconciliation_runs r
            set state = 'done', finished_at = now(),
                differences = (select count(*) from billing.reconciliation_differences d
                               where d.run_id = r.run_id and d.state <> 'settled')
            where run_id = $1
            """;

    // Our own, and each that something was charged on, found by steps through the key.
    private static final String ACCOUNTS = """
            with recursive a as (
              (select stripe_account from billing.charges order by 1 limit 1)
              union all
              select (select c.stripe_account from billing.charges c where c.stripe_account > a.stripe_account order by 1 limit 1)
              from a where a.stripe_account is not null)
            select '' as stripe_account union select stripe_account from a where stripe_account is not null order by 1
            """;

    private static final String FIND = "select " + COLUMNS + " from billing.reconciliation_runs where run_id = $1";

    private static final String LATEST =
            "select " + COLUMNS + " from billing.reconciliation_runs order by run_id desc limit 100";

    private final Pool pool;

    ReconciliationStore(Pool pool) {
        this.pool = pool;
    }

    /** A run, of a period or of one payout, of our own account (empty) or of a connected one. */
    record Run(
            long runId,
            String account,
            @Nullable String payoutId,
            @Nullable Instant from,
            @Nullable Instant to,
            String state,
            @Nullable String nextAfter,
            int pages,
            long movements,
            long differences,
            int attempts,
            Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** Nothing when there is such a run already. */
    Uni<Optional<Run>> begin(String account, @Nullable String payout, @Nullable Instant from, @Nullable Instant to) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(account, payout, time(from), time(to)))
                .map(rows -> first(runs(rows)));
    }

    /** Every account whose balance is reconciled. */
    Uni<List<String>> accounts() {
        return pool.query(ACCOUNTS).execute().map(rows -> {
            List<String> accounts = new ArrayList<>();
            rows.forEach(row -> accounts.add(row.getString("stripe_account")));
            return accounts;
        });
    }

    /** Each payout that was never looked at gets a run. */
    Uni<Void> beginPayouts(SqlConnection transaction, String account, Collection<String> payouts) {
        return payouts.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(BEGIN_PAYOUTS)
                        .execute(Tuple.tuple()
                                .addArrayOfString(payouts.toArray(String[]::new))
                                .addString(account))
                        .replaceWithVoid();
    }

    Uni<Optional<Run>> take(Duration lease) {
        return pool.preparedQuery(TAKE).execute(Tuple.of(lease.toMillis())).map(rows -> first(runs(rows)));
    }

    Uni<Void> postpone(Run run, Duration pause) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(run.runId(), pause.toMillis()))
                .replaceWithVoid();
    }

    /** False when another process was there first. */
    Uni<Boolean> goOn(SqlConnection transaction, Run run, @Nullable String nextAfter, int movements) {
        return transaction
                .preparedQuery(GO_ON)
                .execute(Tuple.of(run.runId(), run.nextAfter(), nextAfter, movements))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> finish(SqlConnection transaction, Run run) {
        return transaction.preparedQuery(FINISH).execute(Tuple.of(run.runId())).replaceWithVoid();
    }

    Uni<Optional<Run>> find(long runId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(runId)).map(rows -> first(runs(rows)));
    }

    Uni<List<Run>> latest() {
        return pool.preparedQuery(LATEST).execute().map(ReconciliationStore::runs);
    }

    private static <T> Optional<T> first(List<T> all) {
        return all.stream().findFirst();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static List<Run> runs(Iterable<Row> rows) {
        List<Run> runs = new ArrayList<>();
        rows.forEach(row -> runs.add(new Run(
                row.getLong("run_id"),
                row.getString("stripe_account"),
                row.getString("payout_id"),
                instant(row.getOffsetDateTime("from_at")),
                instant(row.getOffsetDateTime("to_at")),
                row.getString("state"),
                row.getString("next_after"),
                row.getInteger("pages"),
                row.getLong("movements"),
                row.getLong("differences"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                instant(row.getOffsetDateTime("finished_at")))));
        return runs;
    }
}
