package dev.quittance.ingest.eventlog;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.ingest.storing.Burial;
import dev.quittance.ingest.storing.Storing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Writes what is on the topics into the log, far from the answer to Stripe. What the gate let through can be stored; should the
 * database refuse one all the same, that one becomes a dead letter and the log goes on.
 */
@ApplicationScoped
class EventLogConsumer {
    static final String CHANNEL = "event-log";

    private static final Logger LOG = Logger.getLogger(EventLogConsumer.class);

    private final Storing<Read> storing;
    private final Counter written;
    private final Counter repeated;
    private final Counter foreign;
    private final AtomicInteger waiting = new AtomicInteger();

    EventLogConsumer(EventLogStore store, Burial burial, EventLogConfig config, MeterRegistry metrics) {
        this.storing = new Storing<>(
                polled -> store.insert(polled.stream().map(Read::event).toList()),
                (read, failure) -> burial.bury(read.record(), failure),
                this::waits,
                config.retryBackoffMax());
        this.written = metrics.counter("eventlog.records", "outcome", "written");
        this.repeated = metrics.counter("eventlog.records", "outcome", "repeated");
        this.foreign = metrics.counter("eventlog.records", "outcome", "foreign");
        metrics.gauge("eventlog.waiting", waiting);
    }

    private record Read(ConsumerRecord<String, byte[]> record, LoggedEvent event) {}

    @Incoming(CHANNEL)
    Uni<Void> onEvents(ConsumerRecords<String, byte[]> records) {
        List<Read> events = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            LogReader.read(record).ifPresentOrElse(event -> events.add(new Read(record, event)), foreign::increment);
        }
        return storing.store(events)
                .invoke(count -> {
                    waiting.set(0);
                    written.increment(count);
                    repeated.increment(events.size() - count);
                })
                .replaceWithVoid();
    }

    private void waits(Throwable failure) {
        waiting.set(1);
        LOG.warnf("outcome=event-log-waits errorCode=%s", Failures.code(failure));
    }
}
