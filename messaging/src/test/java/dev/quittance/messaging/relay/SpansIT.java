package dev.quittance.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.messaging.inbox.Probe;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.telemetry.trace.Span.Finished;
import dev.quittance.telemetry.trace.Span.Kind;
import dev.quittance.telemetry.trace.Tracing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A trace goes through a service: what applies an event is a part of its trace, and what it leads to is a part of that. */
class SpansIT {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final String TRACE = "00-" + TRACE_ID + "-" + SENDER + "-01";

    private final Queue<Finished> spans = new ConcurrentLinkedQueue<>();

    @Test
    void whatAnEventLeadsToContinuesItsTrace() throws Exception {
        try (Probe probe = new Probe(Tracing.to(spans::add))) {
            // Given
            Inbox<String> inbox = probe.inbox(new Teller());

            // When
            probe.process(inbox, List.of(traced(probe, "e1", TRACE)));
            probe.relay.start(new StartupEvent());
            List<ConsumerRecord<String, byte[]>> told = probe.read(Topics.PROVISIONING_EVENTS, 1);
            await().until(() -> spans.size() == 3);
            probe.relay.stop(new ShutdownEvent());

            // Then
            Finished applied = only(Kind.CONSUMER);
            Finished transaction = only(Kind.CLIENT);
            Finished relayed = only(Kind.PRODUCER);
            assertThat(applied.context().traceId()).isEqualTo(TRACE_ID);
            assertThat(applied.parentSpanId()).isEqualTo(SENDER);
            assertThat(applied.attributes()).containsEntry("quittance.event.id", "e1");
            assertThat(applied.errorCode()).isNull();
            assertThat(transaction.name()).isEqualTo("transaction billing");
            assertThat(transaction.parentSpanId()).isEqualTo(applied.context().spanId());
            assertThat(transaction.startNanos()).isGreaterThanOrEqualTo(applied.startNanos());
            assertThat(transaction.endNanos()).isLessThanOrEqualTo(applied.endNanos());
            assertThat(relayed.context().traceId()).isEqualTo(TRACE_ID);
            assertThat(relayed.parentSpanId()).isEqualTo(applied.context().spanId());
            assertThat(told)
                    .singleElement()
                    .satisfies(record -> assertThat(new String(
                                    record.headers()
                                            .lastHeader(Headers.TRACEPARENT)
                                            .value(),
                                    StandardCharsets.UTF_8))
                            .isEqualTo(relayed.context().value()));
        }
    }

    @Test
    void anEventThatWaitedGoesOnWithItsOwnTrace() throws Exception {
        try (Probe probe = new Probe(Tracing.to(spans::add))) {
            // Given
            Inbox<String> inbox = probe.inbox(new Teller());
            probe.process(inbox, List.of(traced(probe, "early", TRACE)));

            // When
            probe.process(inbox, List.of(probe.event("awaited", "plain")));
            probe.relay.start(new StartupEvent());
            probe.read(Topics.PROVISIONING_EVENTS, 2);
            await().until(() -> spans.size() == 3);
            probe.relay.stop(new ShutdownEvent());

            // Then
            assertThat(only(Kind.PRODUCER).parentSpanId())
                    .isEqualTo(only(Kind.CONSUMER).context().spanId());
        }
    }

    @Test
    void nobodyRecordsWhatWasNotAskedFor() throws Exception {
        try (Probe probe = new Probe(Tracing.to(spans::add))) {
            // Given
            Inbox<String> inbox = probe.inbox(new Teller());

            // When
            probe.process(
                    inbox,
                    List.of(
                            probe.event("untraced", "plain"),
                            traced(probe, "unsampled", TRACE.replaceFirst("01$", "00")),
                            traced(probe, "ignored", TRACE),
                            traced(probe, "malformed", "00-what?")));

            // Then
            assertThat(spans).isEmpty();
        }
    }

    @Test
    void anEventThatDiesSaysSo() throws Exception {
        try (Probe probe = new Probe(Tracing.to(spans::add))) {
            // When
            probe.process(probe.inbox(new Teller()), List.of(traced(probe, "poison", TRACE)));

            // Then
            assertThat(only(Kind.CONSUMER).errorCode()).isNotBlank();
            assertThat(spans)
                    .filteredOn(span -> span.kind() == Kind.CLIENT)
                    .isNotEmpty()
                    .allSatisfy(span -> assertThat(span.errorCode()).isNotBlank());
        }
    }

    private Finished only(Kind kind) {
        List<Finished> found =
                spans.stream().filter(span -> span.kind() == kind).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static ConsumerRecord<String, byte[]> traced(Probe probe, String id, String traceparent) {
        ConsumerRecord<String, byte[]> record = probe.event(id, "plain");
        record.headers().add(Headers.TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** Tells somebody of every event but one; of the early one when the awaited one is there. */
    private static final class Teller implements BatchHandler<String> {
        private static final String SUBJECT = "subject";
        private boolean isThere;

        @Override
        public Reading<String> read(Incoming incoming) {
            String id = incoming.id().id();
            return id.equals("ignored")
                    ? new Reading.Ignored<>("said-so")
                    : new Reading.Relevant<>(id, Set.of(SUBJECT));
        }

        @Override
        public Uni<Effects> apply(SqlConnection transaction, List<Delivered<String>> batch) {
            if (batch.stream().anyMatch(one -> one.fact().equals("poison"))) {
                return Uni.createFrom().failure(new IllegalStateException("cannot be applied"));
            }
            Effects effects = new Effects();
            batch.forEach(one -> apply(one, effects));
            return Uni.createFrom().item(effects);
        }

        private void apply(Delivered<String> one, Effects effects) {
            if (one.fact().equals("early") && !isThere) {
                effects.park(one.incoming(), SUBJECT, "EARLY");
                return;
            }
            if (one.fact().equals("awaited")) {
                isThere = true;
                effects.arrived(SUBJECT);
            }
            effects.emit(
                    one.incoming(),
                    new CustomerProvisioned(
                            UUID.randomUUID(), "1234567890123456", "", "cus_" + one.fact(), null, Instant.EPOCH),
                    one.fact());
        }
    }
}
