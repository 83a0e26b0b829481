package dev.quittance.messaging.parked;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parked table of one slice: whole events, each with what it waits for. */
public final class ParkedStore {
    /** The subject of events that are to be tried one by one, because applying them with what released them failed. */
    public static final String ALONE = "alone";

    /** Most events that one statement releases; the rest follow in the same transaction. */
    public static final int RELEASE_MAX = 500;

    private static final String INSERT = """
            insert into %s.parked
              (consumer_group, account, event_id, event_type, topic, record_key, body, body_sha256, traceparent, waits_for, reason)
            select $1, p.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[],
                                       $9::text[], $10::text[], $11::text[]) as p
            """;

    private static final String RELEASE = """
            delete from %1$s.parked where id in (
              select id from %1$s.parked where consumer_group = $1 and waits_for = any($2) order by id limit $3 for update)
            returning *
            """;

    private static final String LEAVE_ALONE = """
            with moved as (
              delete from %1$s.parked where consumer_group = $1 and waits_for = any($2) returning *)
            insert into %1$s.parked
              (consumer_group, account, event_id, event_type, topic, record_key, body, body_sha256, traceparent, waits_for, reason)
            select consumer_group, account, event_id, event_type, topic, record_key, body, body_sha256, traceparent,
                   'alone', reason from moved order by id
            """;

    private static final String TAKE_ONE_ALONE = """
            delete from %1$s.parked where id = (
              select id from %1$s.parked where consumer_group = $1 and waits_for = 'alone'
              order by id limit 1 for update skip locked)
            returning *
            """;

    private static final String WAITING = """
            select count(*) as waiting, coalesce(extract(epoch from now() - min(recorded_at)), 0)::bigint as oldest_seconds
            from (select recorded_at from %s.parked where consumer_group = $1 order by id limit 10000) first
            """;

    private static final String TAKE = "delete from %s.parked where id = $1 returning *";

    private final String schema;
    private final String group;

    /** How much waits, up to ten thousand, and since how long. */
    public record Waiting(long count, long oldestSeconds) {}

    public ParkedStore(String schema, String group) {
        this.schema = schema;
        this.group = group;
    }

    /** An event that waits. */
    @SuppressWarnings("ArrayRecordComponent")
    public record ParkedEvent(
            long id,
            String account,
            String eventId,
            String type,
            String topic,
            @Nullable String key,
            byte[] body,
            byte[] digest,
            @Nullable String traceparent,
            String waitsFor,
            String reason) {}

    public Uni<Void> insert(SqlConnection transaction, Collection<ParkedEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.of(group)
                .addArrayOfString(events.stream().map(ParkedEvent::account).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::eventId).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::type).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::topic).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::key).toArray(String[]::new))
                .addValue(events.stream()
                        .map(event -> Buffer.buffer(event.body()))
                        .toArray(Buffer[]::new))
                .addValue(events.stream()
                        .map(event -> Buffer.buffer(event.digest()))
                        .toArray(Buffer[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::traceparent).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::waitsFor).toArray(String[]::new))
                .addArrayOfString(events.stream().map(ParkedEvent::reason).toArray(String[]::new));
        return transaction
                .preparedQuery(INSERT.formatted(schema))
                .execute(columns)
                .replaceWithVoid();
    }

    /** Takes at most {@link #RELEASE_MAX} events that wait for any of the subjects, oldest first. */
    public Uni<List<ParkedEvent>> release(SqlConnection transaction, Collection<String> subjects) {
        return transaction
                .preparedQuery(RELEASE.formatted(schema))
                .execute(Tuple.of(group)
                        .addArrayOfString(subjects.toArray(String[]::new))
                        .addInteger(RELEASE_MAX))
                .map(ParkedStore::events);
    }

    /** Leaves what waits for the subjects to be tried one by one. */
    public Uni<Void> leaveAlone(SqlConnection transaction, Collection<String> subjects) {
        return transaction
                .preparedQuery(LEAVE_ALONE.formatted(schema))
                .execute(Tuple.of(group).addArrayOfString(subjects.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Takes the oldest event that is to be tried alone; an empty list when there is none. */
    public Uni<List<ParkedEvent>> takeOneAlone(SqlConnection transaction) {
        return transaction
                .preparedQuery(TAKE_ONE_ALONE.formatted(schema))
                .execute(Tuple.of(group))
                .map(ParkedStore::events);
    }

    /** Takes one event; an empty list when it is gone. */
    public Uni<List<ParkedEvent>> take(SqlConnection transaction, long id) {
        return transaction
                .preparedQuery(TAKE.formatted(schema))
                .execute(Tuple.of(id))
                .map(ParkedStore::events);
    }

    private static List<ParkedEvent> events(RowSet<Row> rows) {
        List<ParkedEvent> events = new ArrayList<>();
        rows.forEach(row -> events.add(new ParkedEvent(
                row.getLong("id"),
                row.getString("account"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("topic"),
                row.getString("record_key"),
                row.getBuffer("body").getBytes(),
                row.getBuffer("body_sha256").getBytes(),
                row.getString("traceparent"),
                row.getString("waits_for"),
                row.getString("reason"))));
        events.sort(Comparator.comparingLong(ParkedEvent::id));
        return events;
    }

    public Uni<Waiting> waiting(SqlConnection connection) {
        return connection
                .preparedQuery(WAITING.formatted(schema))
                .execute(Tuple.of(group))
                .map(rows -> rows.iterator().next())
                .map(row -> new Waiting(row.getLong("waiting"), row.getLong("oldest_seconds")));
    }
}
