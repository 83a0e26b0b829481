package dev.quittance.ingest.eventlog;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the log, newest first. */
@Singleton
final class EventSearchStore {
    private static final String COLUMNS = """
            select id, account, event_id, event_type, api_version, livemode, occurred_at, received_at, origin, is_set_aside,
                   object_kind, object_id, customer_id, payment_intent_id, subscription_id, topic_partition, topic_offset,
                   body_bytes, purged_at
            """;

    private static final String PAGE = " and id < $1 order by id desc limit $2";

    private static final String FIND = COLUMNS + ", body from ingest.stripe_events where event_id = $1 order by id";

    private final Pool pool;

    EventSearchStore(Pool pool) {
        this.pool = pool;
    }

    /** An event with its body, packed, unless that is purged. */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(EventView event, byte @Nullable [] packed) {}

    Uni<List<EventView>> page(EventQuery query, long before, int limit) {
        Tuple values = Tuple.of(before, limit);
        String sql = COLUMNS + "from ingest.stripe_events where true" + conditions(query, values) + PAGE;
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            List<EventView> events = new ArrayList<>();
            rows.forEach(row -> events.add(event(row)));
            return events;
        });
    }

    /** One id may come from several accounts. */
    Uni<List<Found>> find(String eventId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(eventId)).map(rows -> {
            List<Found> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Found(
                    event(row),
                    row.getBuffer("body") == null ? null : row.getBuffer("body").getBytes())));
            return found;
        });
    }

    /**
     * The conditions of what is asked for, and no others, so that each search finds its index. All text is ours: what was asked
     * goes into {@code values}.
     */
    static String conditions(EventQuery query, Tuple values) {
        StringBuilder sql = new StringBuilder();
        add(sql, values, " and event_id = $", query.event());
        add(sql, values, " and event_type = $", query.type());
        add(sql, values, " and customer_id = $", query.customer());
        add(sql, values, " and object_id = $", query.object());
        add(sql, values, " and payment_intent_id = $", query.payment());
        add(sql, values, " and received_at >= $", time(query.from()));
        add(sql, values, " and received_at < $", time(query.to()));
        return sql.toString();
    }

    private static void add(StringBuilder sql, Tuple values, String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            sql.append(condition).append(values.size());
        }
    }

    private static EventView event(Row row) {
        return new EventView(
                row.getLong("id"),
                row.getString("account"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("api_version"),
                row.getBoolean("livemode"),
                instant(row.getOffsetDateTime("occurred_at")),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("origin"),
                row.getBoolean("is_set_aside"),
                row.getString("object_kind"),
                row.getString("object_id"),
                row.getString("customer_id"),
                row.getString("payment_intent_id"),
                row.getString("subscription_id"),
                row.getInteger("topic_partition"),
                row.getLong("topic_offset"),
                row.getInteger("body_bytes"),
                instant(row.getOffsetDateTime("purged_at")),
                null,
                null,
                null);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
