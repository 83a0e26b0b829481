package dev.quittance.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.messaging.inbox.Probe;
import dev.quittance.messaging.outbox.OutboxEvent;
import dev.quittance.telemetry.trace.Tracing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What was committed reaches the broker, in order, with its trace. */
class OutboxRelayIT {
    private static final int EVENTS = 320;
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void sendsEverythingOnceInTheOrderOfItsKeyAndEmptiesTheTable() throws Exception {
        try (Probe probe = new Probe()) {
            // Given
            List<UUID> users = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
            List<OutboxEvent> events = IntStream.range(0, EVENTS)
                    .mapToObj(i -> event(users.get(i % users.size()), i))
                    .toList();
            probe.pool
                    .withTransaction(sql -> probe.outbox.append(sql, events))
                    .await()
                    .indefinitely();

            // When
            probe.relay.start(new StartupEvent());
            List<ConsumerRecord<String, byte[]>> sent = probe.read(Topics.PROVISIONING_EVENTS, EVENTS);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(probe.query("select id from billing.outbox"))
                            .isEmpty());
            probe.relay.stop(new ShutdownEvent());

            // Then
            assertThat(sent).hasSize(EVENTS);
            assertThat(sent)
                    .allSatisfy(record ->
                            assertThat(header(record, Headers.TRACEPARENT)).isEqualTo(TRACE));
            Map<String, List<String>> byKey = new HashMap<>();
            sent.forEach(record ->
                    byKey.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(header(record, Headers.CE_ID)));
            users.forEach(user -> assertThat(byKey.get(user.toString()))
                    .isEqualTo(events.stream()
                            .filter(event -> event.event().key().equals(user.toString()))
                            .map(event -> event.id().toString())
                            .toList()));
        }
    }

    @Test
    void twoRelaysOfOneSliceDoNotSendTwice() throws Exception {
        try (Probe probe = new Probe()) {
            // Given
            OutboxRelay other = new OutboxRelay(
                    probe.pool,
                    io.vertx.mutiny.core.Vertx.vertx(),
                    probe.sender,
                    probe.config,
                    new io.micrometer.core.instrument.simple.SimpleMeterRegistry(),
                    Tracing.off());
            UUID user = UUID.randomUUID();
            List<OutboxEvent> events =
                    IntStream.range(0, EVENTS).mapToObj(i -> event(user, i)).toList();
            probe.pool
                    .withTransaction(sql -> probe.outbox.append(sql, events))
                    .await()
                    .indefinitely();

            // When
            probe.relay.start(new StartupEvent());
            other.start(new StartupEvent());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(probe.query("select id from billing.outbox"))
                            .isEmpty());
            probe.relay.stop(new ShutdownEvent());
            other.stop(new ShutdownEvent());

            // Then
            List<String> ids = probe.read(Topics.PROVISIONING_EVENTS, EVENTS + 1).stream()
                    .map(record -> header(record, Headers.CE_ID))
                    .toList();
            assertThat(ids)
                    .isEqualTo(
                            events.stream().map(event -> event.id().toString()).toList());
        }
    }

    private static OutboxEvent event(UUID user, int number) {
        return OutboxEvent.of(
                new CustomerProvisioned(user, "1234567890123456", "", "cus_" + number, null, Instant.EPOCH),
                "customer:" + number,
                TRACE);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
