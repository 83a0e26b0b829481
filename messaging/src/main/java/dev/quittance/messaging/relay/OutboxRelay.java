package dev.quittance.messaging.relay;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.foundation.loop.Backoff;
import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.outbox.OutboxStore;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Moves the outbox to Kafka. Rows go in the order in which they were written and leave the table only after the broker has
 * acknowledged them; a crash in between sends some twice, which the readers' inboxes remove.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);

    private final Pool pool;
    private final RecordSender sender;
    private final OutboxStore store;
    private final DeliveryConfig config;
    private final Counter sent;
    private final Tracing tracing;
    private final Loop loop;

    public OutboxRelay(
            Pool pool,
            Vertx vertx,
            RecordSender sender,
            DeliveryConfig config,
            MeterRegistry metrics,
            Tracing tracing) {
        this.pool = pool;
        this.sender = sender;
        this.config = config;
        this.store = new OutboxStore(config.schema());
        this.sent = metrics.counter("relay.sent");
        this.tracing = tracing;
        this.loop = new Loop(
                vertx,
                "relay-waits",
                Pace.idling(config.relayIdle())
                        .resting(config.relayRest())
                        .retrying(new Backoff(RETRY_FIRST, config.retryBackoffMax())));
    }

    void start(@Observes StartupEvent event) {
        loop.start(() -> drain().map(count -> count > 0));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** There may be something to send: do not wait for the next turn. */
    public void wake() {
        loop.wake();
    }

    /** Sends at most one batch; the number of rows that were sent. */
    Uni<Integer> drain() {
        return pool.withTransaction(transaction -> store.tryToLead(transaction)
                .chain(leads -> leads ? relay(transaction) : Uni.createFrom().item(0)));
    }

    private Uni<Integer> relay(SqlConnection transaction) {
        return store.oldest(transaction, config.relayBatch()).chain(rows -> {
            if (rows.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            List<Span> spans = new ArrayList<>(rows.size());
            List<ProducerRecord<String, byte[]>> records = new ArrayList<>(rows.size());
            for (OutboxStore.Row row : rows) {
                Span span = span(row);
                spans.add(span);
                records.add(toRecord(row, span));
            }
            return sender.send(records)
                    .chain(() -> store.delete(transaction, rows))
                    .invoke(() -> {
                        sent.increment(rows.size());
                        spans.forEach(Span::end);
                    })
                    .replaceWith(rows.size());
        });
    }

    private Span span(OutboxStore.Row row) {
        return tracing.isOn()
                ? tracing.follow(
                        Span.Kind.PRODUCER,
                        "publish " + row.topic(),
                        row.traceparent(),
                        Map.of(
                                "messaging.system", "kafka",
                                "messaging.destination.name", row.topic(),
                                "quittance.event.id", row.eventId().toString(),
                                "quittance.event.type", row.type()))
                : Span.NONE;
    }

    private ProducerRecord<String, byte[]> toRecord(OutboxStore.Row row, Span span) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(sender.topic(row.topic()), row.key(), row.payload());
        header(record, Headers.CE_SPECVERSION, "1.0");
        header(record, Headers.CE_ID, row.eventId().toString());
        header(record, Headers.CE_TYPE, row.type());
        header(record, Headers.CE_SOURCE, "/quittance/" + config.group());
        header(record, Headers.CE_TIME, row.occurredAt().toString());
        header(record, Headers.CE_SUBJECT, row.key());
        header(record, Headers.CONTENT_TYPE, "application/json");
        @Nullable String traceparent = span.traceparentOr(row.traceparent());
        if (traceparent != null) {
            header(record, Headers.TRACEPARENT, traceparent);
        }
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
