package dev.quittance.ingest.reconciliation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a run found missing, until it is out. */
@Singleton
final class MissingStore {
    // In the list's order, the newest first: the position tells events of one second apart.
    private static final String INSERT = """
            insert into ingest.reconciliation_events (run_id, event_id, event_type, occurred_at, body)
            select $1::bigint, m.* from unnest($2::text[], $3::text[], $4::timestamptz[], $5::bytea[]) as m
            on conflict do nothing
            """;

    private static final String NEXT = """
            select event_id, event_type, occurred_at, body from ingest.reconciliation_events
            where run_id = $1 and outcome is null order by occurred_at, position desc limit $2
            """;

    private static final String SETTLE = """
            update ingest.reconciliation_events set outcome = $3, body = null
            where run_id = $1 and event_id = any($2) and outcome is null
            """;

    private final Pool pool;

    MissingStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> insert(SqlConnection transaction, Run run, List<Missing> missing) {
        if (missing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(run.id())
                        .addArrayOfString(missing.stream().map(Missing::eventId).toArray(String[]::new))
                        .addArrayOfString(missing.stream().map(Missing::type).toArray(String[]::new))
                        .addArrayOfOffsetDateTime(missing.stream()
                                .map(event -> event.occurredAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                        .addValue(missing.stream()
                                .map(event -> Buffer.buffer(event.body()))
                                .toArray(Buffer[]::new)))
                .replaceWithVoid();
    }

    /** The oldest that are not out yet. */
    Uni<List<Missing>> next(Run run, int limit) {
        return pool.preparedQuery(NEXT).execute(Tuple.of(run.id(), limit)).map(rows -> {
            List<Missing> missing = new ArrayList<>();
            rows.forEach(row -> missing.add(new Missing(
                    row.getString("event_id"),
                    row.getString("event_type"),
                    row.getOffsetDateTime("occurred_at").toInstant(),
                    row.getBuffer("body").getBytes())));
            return missing;
        });
    }

    Uni<Void> settle(SqlConnection transaction, Run run, Collection<String> eventIds, String outcome) {
        return eventIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(SETTLE)
                        .execute(Tuple.of(run.id())
                                .addArrayOfString(eventIds.toArray(String[]::new))
                                .addString(outcome))
                        .replaceWithVoid();
    }
}
