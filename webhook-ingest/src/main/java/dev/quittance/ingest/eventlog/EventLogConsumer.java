package dev.quittance.ingest.eventlog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Writes what is on the topics into the log, far from the answer to Stripe. There is nothing that it gives up: what the gate let
 * through can be stored, so a failure is the database's, and that is waited for.
 */
@ApplicationScoped
class EventLogConsumer {
    static final String CHANNEL = "event-log";

    private static final Logger LOG = Logger.getLogger(EventLogConsumer.class);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);

    private final EventLogStore store;
    private final EventLogConfig config;
    private final Counter written;
    private final Counter repeated;
    private final Counter foreign;
    private final AtomicInteger waiting = new AtomicInteger();

    EventLogConsumer(EventLogStore store, EventLogConfig config, MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.written = metrics.counter("eventlog.records", "outcome", "written");
        this.repeated = metrics.counter("eventlog.records", "outcome", "repeated");
        this.foreign = metrics.counter("eventlog.records", "outcome", "foreign");
        metrics.gauge("eventlog.waiting", waiting);
    }

    @Incoming(CHANNEL)
    Uni<Void> onEvents(ConsumerRecords<String, byte[]> records) {
        List<LoggedEvent> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            LogReader.read(record).ifPresentOrElse(events::add, foreign::increment);
        }
        return Uni.createFrom()
                .deferred(() -> store.insert(events))
                .onFailure()
                .invoke(this::waits)
                .onFailure()
                .retry()
                .withBackOff(BACKOFF_MIN, config.retryBackoffMax())
                .indefinitely()
                .invoke(count -> {
                    waiting.set(0);
                    written.increment(count);
                    repeated.increment(events.size() - count);
                })
                .replaceWithVoid();
    }

    private void waits(Throwable failure) {
        waiting.set(1);
        LOG.warnf("outcome=event-log-waits errorCode=%s", failure.getClass().getSimpleName());
    }
}
