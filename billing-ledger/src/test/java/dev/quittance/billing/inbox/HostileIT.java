package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.localstack.testparts.HostileBodies;
import dev.quittance.localstack.testparts.LogWatch;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of hostile input at this reader: whatever an event holds, it is read to its end, and the next one is applied. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class HostileIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @ParameterizedTest
    @DisplayName(
            "N-09 to N-14, S-12: no odd body stops billing, is logged, dies of the database, or leaves the books uneven")
    @ValueSource(
            strings = {
                "payment_intent.succeeded",
                "charge.succeeded",
                "refund.created",
                "charge.dispute.created",
                "checkout.session.completed",
                "invoice.paid",
                "payment_method.attached",
                "payout.paid",
                "product.updated",
                "price.updated"
            })
    void everyOddBodyIsReadToItsEnd(String type) throws SQLException {
        // Given
        List<HostileBodies.Body> bodies = HostileBodies.of(List.of(type));
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        bodies.forEach(body -> records.add(record(body.id(), body.type(), body.bytes())));
        records.add(record(
                "evt_after",
                "product.updated",
                "{\"id\":\"evt_after\",\"type\":\"product.updated\",\"created\":1,\"data\":{\"object\":{\"id\":\"prod_after\",\"object\":\"product\",\"name\":\"x\"}}}"
                        .getBytes(StandardCharsets.UTF_8)));

        // When
        try (LogWatch watch = new LogWatch(HostileBodies.NAME, HostileBodies.PHONE)) {
            inbox.process(new ConsumerRecords<>(Map.of(new TopicPartition(topic(), 0), records), Map.of()))
                    .await()
                    .atMost(LONG);
            assertThat(watch.found()).as("logged at DEBUG").isEmpty();
        }

        // Then
        assertThat(ledger.rows("select outcome from billing.inbox where event_id = 'evt_after'"))
                .containsExactly("applied");
        List<String> claimed = ledger.rows("select event_id from billing.inbox");
        assertThat(bodies).filteredOn(body -> !claimed.contains(body.id())).isEmpty();
        assertThat(
                        ledger.rows(
                                "select unit from billing.entry_lines group by unit having sum(case direction when 'debit' then amount else -amount end) <> 0"))
                .isEmpty();
    }

    private static String topic() {
        return ConfigProvider.getConfig().getValue("quittance.delivery.topic-prefix", String.class)
                + Topics.STRIPE_EVENTS;
    }

    private static ConsumerRecord<String, byte[]> record(String id, String type, byte[] body) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic(), 0, 0, "key", body);
        record.headers().add(Headers.CE_ID, id.getBytes(StandardCharsets.UTF_8));
        record.headers().add(Headers.CE_TYPE, type.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
