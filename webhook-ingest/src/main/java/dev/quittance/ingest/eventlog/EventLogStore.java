package dev.quittance.ingest.eventlog;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the log, a poll at a time. */
@Singleton
final class EventLogStore {
    /**
     * The first delivery stands: what comes again under its id changes nothing, and is noted by where it lies. What a consumer reads
     * a second time is neither.
     */
    private static final String INSERT = """
            with came as (
              select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[],
                $7::timestamptz[], $8::text[], $9::boolean[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                $15::text[], $16::integer[], $17::bigint[], $18::bytea[], $19::integer[], $20::bytea[])
                as c(account, event_id, event_type, api_version, livemode, occurred_at, received_at, origin, is_set_aside,
                     object_kind, object_id, customer_id, payment_intent_id, subscription_id, traceparent, topic_partition,
                     topic_offset, body, body_bytes, body_sha256)),
            first as (
              insert into ingest.stripe_events
                (account, event_id, event_type, api_version, livemode, occurred_at, received_at, origin, is_set_aside, object_kind,
                 object_id, customer_id, payment_intent_id, subscription_id, traceparent, topic_partition, topic_offset, body,
                 body_bytes, body_sha256)
              select * from came on conflict (account, event_id) do nothing
              returning is_set_aside, topic_partition, topic_offset),
            again as (
              insert into ingest.repeated_deliveries
                (account, event_id, is_set_aside, topic_partition, topic_offset, received_at, origin, body_sha256)
              select c.account, c.event_id, c.is_set_aside, c.topic_partition, c.topic_offset, c.received_at, c.origin, c.body_sha256
              from came c
              where not exists (select from first f where (f.is_set_aside, f.topic_partition, f.topic_offset)
                                  = (c.is_set_aside, c.topic_partition, c.topic_offset))
                and not exists (select from ingest.stripe_events e
                                where e.account = c.account and e.event_id = c.event_id and e.is_set_aside = c.is_set_aside
                                  and e.topic_partition = c.topic_partition and e.topic_offset = c.topic_offset)
              on conflict do nothing)
            select count(*)::integer as written from first
            """;

    private static final String PURGE = """
            update ingest.stripe_events e set body = null, purged_at = $1
            from (select id from ingest.stripe_events where body is not null and received_at < $2
                  order by received_at limit $3 for update skip locked) due
            where e.id = due.id
            """;

    private final Pool pool;

    EventLogStore(Pool pool) {
        this.pool = pool;
    }

    /** How many were new. */
    Uni<Integer> insert(List<LoggedEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return pool.preparedQuery(INSERT)
                .execute(columns(events))
                .map(rows -> rows.iterator().next().getInteger("written"));
    }

    /** Takes the oldest bodies away, and says how many it were. */
    Uni<Integer> purge(Instant now, Instant before, int limit) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), before.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> rows.rowCount());
    }

    private static Tuple columns(List<LoggedEvent> events) {
        return Tuple.tuple()
                .addArrayOfString(texts(events, LoggedEvent::account))
                .addArrayOfString(texts(events, LoggedEvent::eventId))
                .addArrayOfString(texts(events, LoggedEvent::type))
                .addArrayOfString(texts(events, LoggedEvent::apiVersion))
                .addArrayOfBoolean(events.stream().map(LoggedEvent::livemode).toArray(Boolean[]::new))
                .addArrayOfOffsetDateTime(times(events, LoggedEvent::occurredAt))
                .addArrayOfOffsetDateTime(times(events, LoggedEvent::receivedAt))
                .addArrayOfString(texts(events, LoggedEvent::origin))
                .addArrayOfBoolean(events.stream().map(LoggedEvent::isSetAside).toArray(Boolean[]::new))
                .addArrayOfString(texts(events, LoggedEvent::objectKind))
                .addArrayOfString(texts(events, LoggedEvent::objectId))
                .addArrayOfString(texts(events, LoggedEvent::customerId))
                .addArrayOfString(texts(events, LoggedEvent::paymentIntentId))
                .addArrayOfString(texts(events, LoggedEvent::subscriptionId))
                .addArrayOfString(texts(events, LoggedEvent::traceparent))
                .addArrayOfInteger(events.stream().map(LoggedEvent::partition).toArray(Integer[]::new))
                .addArrayOfLong(events.stream().map(LoggedEvent::offset).toArray(Long[]::new))
                .addValue(buffers(events, LoggedEvent::body))
                .addArrayOfInteger(events.stream().map(LoggedEvent::bodyBytes).toArray(Integer[]::new))
                .addValue(buffers(events, LoggedEvent::digest));
    }

    private static String[] texts(List<LoggedEvent> events, Function<LoggedEvent, @Nullable String> column) {
        return events.stream().map(column).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<LoggedEvent> events, Function<LoggedEvent, @Nullable Instant> column) {
        return events.stream().map(event -> time(column.apply(event))).toArray(OffsetDateTime[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Buffer[] buffers(List<LoggedEvent> events, Function<LoggedEvent, byte[]> column) {
        return events.stream().map(column).map(Buffer::buffer).toArray(Buffer[]::new);
    }
}
