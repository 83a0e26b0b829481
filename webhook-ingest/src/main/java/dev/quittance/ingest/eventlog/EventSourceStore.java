package dev.quittance.ingest.eventlog;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log as something to publish from, in the order in which it was written. */
@Singleton
public final class EventSourceStore {
    private static final String SELECT = """
            select count(*) as events, count(*) filter (where body is null) as purged, coalesce(max(id), 0) as through,
                   (array_agg(event_id order by id))[1:$1] as ids
            from ingest.stripe_events where true
            """;

    private static final String NEXT = """
            select id, event_id, is_set_aside, traceparent, body, body_bytes from ingest.stripe_events
            where id > $1 and id <= $2
            """;

    private static final String IN_ORDER = " order by id limit $3";

    private static final String KNOWN =
            "select event_id from ingest.stripe_events where account = $1 and event_id = any($2)";

    private final Pool pool;

    EventSourceStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a query selects now.
     *
     * @param purged so many of them can no longer be published
     * @param ids the first of them
     */
    public record Selection(long events, long purged, long through, List<String> ids) {
        public Selection {
            ids = List.copyOf(ids);
        }
    }

    /**
     * An event of the log.
     *
     * @param body null when it is purged
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Source(
            long position, boolean isSetAside, @Nullable String traceparent, byte @Nullable [] body) {}

    public Uni<Selection> select(EventQuery query, int ids) {
        Tuple values = Tuple.of(ids);
        return pool.preparedQuery(SELECT + EventSearchStore.conditions(query, values))
                .execute(values)
                .map(rows -> {
                    Row row = rows.iterator().next();
                    String[] first = row.getArrayOfStrings("ids");
                    return new Selection(
                            row.getLong("events"),
                            row.getLong("purged"),
                            row.getLong("through"),
                            first == null ? List.of() : Arrays.asList(first));
                });
    }

    /** The next of them behind a position. */
    public Uni<List<Source>> next(EventQuery query, long after, long through, int limit) {
        Tuple values = Tuple.of(after, through, limit);
        String sql = NEXT + EventSearchStore.conditions(query, values) + IN_ORDER;
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            List<Source> sources = new ArrayList<>();
            rows.forEach(row -> sources.add(source(row)));
            return sources;
        });
    }

    /** Which of these events of an account the log has; our own account's name is empty. */
    public Uni<Set<String>> known(String account, List<String> eventIds) {
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(account).addArrayOfString(eventIds.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString("event_id")));
                    return known;
                });
    }

    private static Source source(Row row) {
        byte @Nullable [] body = row.getBuffer("body") == null
                ? null
                : PackedBody.unpack(row.getBuffer("body").getBytes(), row.getInteger("body_bytes"));
        return new Source(row.getLong("id"), row.getBoolean("is_set_aside"), row.getString("traceparent"), body);
    }
}
