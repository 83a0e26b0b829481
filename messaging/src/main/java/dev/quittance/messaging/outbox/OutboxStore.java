package dev.quittance.messaging.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outbox table of one slice. */
public final class OutboxStore {
    private static final String INSERT = """
            insert into %s.outbox (event_id, topic, record_key, event_type, payload, traceparent, occurred_at)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::timestamptz[])
            """;

    // One relay at a time keeps the order; the lock goes with the transaction, also when its process is killed.
    private static final String TRY_TO_LEAD =
            "select pg_try_advisory_xact_lock(hashtextextended('quittance.relay.%s', 0)) as leads";

    private static final String OLDEST = """
            select id, event_id, topic, record_key, event_type, payload, traceparent, occurred_at
            from %s.outbox order by id limit $1
            """;

    private static final String DELETE = "delete from %s.outbox where id = any($1)";

    private static final String PENDING = """
            select count(*) as pending, coalesce(extract(epoch from now() - min(recorded_at)), 0)::bigint as oldest_seconds
            from (select recorded_at from %s.outbox order by id limit 10000) first
            """;

    private final String schema;

    public OutboxStore(String schema) {
        this.schema = schema;
    }

    /** One waiting event. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(
            long id,
            UUID eventId,
            String topic,
            String key,
            String type,
            byte[] payload,
            @Nullable String traceparent,
            Instant occurredAt) {}

    /** How much waits, up to ten thousand, and since how long. */
    public record Pending(long count, long oldestSeconds) {}

    Uni<Void> insert(SqlConnection transaction, List<Row> rows) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(rows.stream().map(Row::eventId).toArray(UUID[]::new))
                .addArrayOfString(rows.stream().map(Row::topic).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(Row::key).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(Row::type).toArray(String[]::new))
                .addValue(rows.stream().map(row -> Buffer.buffer(row.payload())).toArray(Buffer[]::new))
                .addArrayOfString(rows.stream().map(Row::traceparent).toArray(String[]::new))
                .addArrayOfOffsetDateTime(rows.stream()
                        .map(row -> row.occurredAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return transaction
                .preparedQuery(INSERT.formatted(schema))
                .execute(columns)
                .replaceWithVoid();
    }

    /** Whether this transaction may relay. */
    public Uni<Boolean> tryToLead(SqlConnection transaction) {
        return transaction
                .preparedQuery(TRY_TO_LEAD.formatted(schema))
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("leads"));
    }

    /** The oldest rows, in the order in which they were written. */
    public Uni<List<Row>> oldest(SqlConnection transaction, int limit) {
        return transaction
                .preparedQuery(OLDEST.formatted(schema))
                .execute(Tuple.of(limit))
                .map(found -> {
                    List<Row> rows = new ArrayList<>();
                    found.forEach(row -> rows.add(new Row(
                            row.getLong("id"),
                            row.getUUID("event_id"),
                            row.getString("topic"),
                            row.getString("record_key"),
                            row.getString("event_type"),
                            row.getBuffer("payload").getBytes(),
                            row.getString("traceparent"),
                            row.getOffsetDateTime("occurred_at").toInstant())));
                    return rows;
                });
    }

    public Uni<Void> delete(SqlConnection transaction, List<Row> rows) {
        return transaction
                .preparedQuery(DELETE.formatted(schema))
                .execute(Tuple.of(rows.stream().map(Row::id).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    public Uni<Pending> pending(SqlConnection connection) {
        return connection
                .preparedQuery(PENDING.formatted(schema))
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Pending(row.getLong("pending"), row.getLong("oldest_seconds")));
    }
}
