package dev.quittance.messaging.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.messaging.inbox.Probe;
import dev.quittance.messaging.outbox.OutboxEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever watches sees what waits, and how long it has. */
class BacklogIT {
    private static final String PARK = """
        insert into billing.parked (consumer_group, account, event_id, event_type, topic, record_key, body,
                                    body_sha256, waits_for, reason, recorded_at)
        values ('billing-ledger', '', 'evt_1', 'charge.succeeded', 'stripe.events.v1', 'key', 'x',
                decode(repeat('00', 32), 'hex'), 'identity:/cs_1', 'identity', now() - interval '2 hours'),
               ('somebody-else', '', 'evt_1', 'charge.succeeded', 'stripe.events.v1', 'key', 'x',
                decode(repeat('00', 32), 'hex'), 'identity:/cs_1', 'identity', now() - interval '9 hours')
        """;

    @Test
    void countsAndAgesAreThoseOfTheTables() throws Exception {
        try (Probe probe = new Probe()) {
            // Given
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            Vertx vertx = Vertx.vertx();
            Backlog backlog = new Backlog(probe.pool, vertx, probe.config, metrics);
            List<OutboxEvent> events = List.of(OutboxEvent.of(
                    new CustomerProvisioned(UUID.randomUUID(), "1234567890123456", "", "cus_1", null, Instant.EPOCH),
                    "customer:1",
                    null));
            probe.pool
                    .withTransaction(sql -> probe.outbox.append(sql, events))
                    .await()
                    .indefinitely();
            probe.sql("update billing.outbox set recorded_at = now() - interval '5 minutes'");
            probe.sql(PARK);

            // When
            backlog.look().await().atMost(Duration.ofSeconds(20));

            // Then
            assertThat(metrics.get("outbox.pending").gauge().value()).isEqualTo(1);
            assertThat(metrics.get("outbox.oldest.age").gauge().value()).isBetween(300.0, 330.0);
            assertThat(metrics.get("parked.pending").gauge().value()).isEqualTo(1);
            assertThat(metrics.get("parked.oldest.age").gauge().value()).isBetween(7200.0, 7230.0);
            vertx.closeAndAwait();
        }
    }
}
