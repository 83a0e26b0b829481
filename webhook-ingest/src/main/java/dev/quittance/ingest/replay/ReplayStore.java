package dev.quittance.ingest.replay;

import dev.quittance.ingest.eventlog.EventQuery;
import dev.quittance.ingest.eventlog.EventSourceStore.Selection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

/** Replays and how far they are. */
@Singleton
final class ReplayStore {
    private static final String COLUMNS =
            " id, requested_by, event_id, event_type, customer_id, object_id, payment_intent_id,"
                    + " from_at, to_at, through_position, next_after, total, published, skipped, state, attempts, recorded_at,"
                    + " finished_at";

    private static final String BEGIN = """
            insert into ingest.replays (requested_by, event_id, event_type, customer_id, object_id, payment_intent_id, from_at,
                                        to_at, through_position, total)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning
            """ + COLUMNS;

    // Taken by moving the time of the next attempt on: a process that dies leaves the replay to the next.
    private static final String TAKE = """
            update ingest.replays r set attempts = attempts + 1, next_attempt_at = now() + $1 * interval '1 millisecond'
            where id = (select id from ingest.replays where state = 'running' and next_attempt_at <= now()
                        order by next_attempt_at limit 1 for update skip locked)
            returning
            """ + COLUMNS;

    // Only from where the chunk began: a lease that ran out counts nothing twice, and an abort is not overtaken.
    private static final String ADVANCE = """
            update ingest.replays
            set next_after = $3, published = published + $4, skipped = skipped + $5, attempts = 0, next_attempt_at = now(),
                state = case when $6 then 'done' else state end, finished_at = case when $6 then now() end
            where id = $1 and state = 'running' and next_after = $2
            """;

    private static final String POSTPONE =
            "update ingest.replays set next_attempt_at = now() + $2 * interval '1 millisecond' where id = $1";

    private static final String ABORT = "update ingest.replays set state = 'aborted', finished_at = now()"
            + " where id = $1 and state = 'running' returning" + COLUMNS;

    private static final String FIND = "select" + COLUMNS + " from ingest.replays where id = $1";

    private static final String LATEST = "select" + COLUMNS + " from ingest.replays order by id desc limit 100";

    private final Pool pool;

    ReplayStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Replay> begin(EventQuery query, Selection selection, String by) {
        Tuple values = Tuple.tuple()
                .addString(by)
                .addString(query.event())
                .addString(query.type())
                .addString(query.customer())
                .addString(query.object())
                .addString(query.payment())
                .addOffsetDateTime(time(query.from()))
                .addOffsetDateTime(time(query.to()))
                .addLong(selection.through())
                .addLong(selection.events());
        return pool.preparedQuery(BEGIN)
                .execute(values)
                .map(rows -> replays(rows).getFirst());
    }

    Uni<Optional<Replay>> take(Duration lease) {
        return pool.preparedQuery(TAKE).execute(Tuple.of(lease.toMillis())).map(ReplayStore::first);
    }

    Uni<Void> advance(Replay replay, long to, long published, long skipped, boolean isDone) {
        return pool.preparedQuery(ADVANCE)
                .execute(Tuple.tuple()
                        .addLong(replay.id())
                        .addLong(replay.nextAfter())
                        .addLong(to)
                        .addLong(published)
                        .addLong(skipped)
                        .addBoolean(isDone))
                .replaceWithVoid();
    }

    Uni<Void> postpone(Replay replay, Duration pause) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(replay.id(), pause.toMillis()))
                .replaceWithVoid();
    }

    /** Nothing when it is over already. */
    Uni<Optional<Replay>> abort(long id) {
        return pool.preparedQuery(ABORT).execute(Tuple.of(id)).map(ReplayStore::first);
    }

    Uni<Optional<Replay>> find(long id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(ReplayStore::first);
    }

    Uni<List<Replay>> latest() {
        return pool.query(LATEST).execute().map(ReplayStore::replays);
    }

    private static Optional<Replay> first(RowSet<Row> rows) {
        return replays(rows).stream().findFirst();
    }

    private static List<Replay> replays(RowSet<Row> rows) {
        List<Replay> replays = new ArrayList<>();
        rows.forEach(row -> replays.add(new Replay(
                row.getLong("id"),
                row.getString("requested_by"),
                new EventQuery(
                        row.getString("event_id"),
                        row.getString("event_type"),
                        row.getString("customer_id"),
                        row.getString("object_id"),
                        row.getString("payment_intent_id"),
                        instant(row.getOffsetDateTime("from_at")),
                        instant(row.getOffsetDateTime("to_at"))),
                row.getString("state"),
                row.getLong("total"),
                row.getLong("published"),
                row.getLong("skipped"),
                row.getLong("through_position"),
                row.getLong("next_after"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                instant(row.getOffsetDateTime("finished_at")))));
        return replays;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
