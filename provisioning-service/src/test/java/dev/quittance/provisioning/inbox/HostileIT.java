package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.localstack.testparts.HostileBodies;
import dev.quittance.localstack.testparts.LogWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of hostile input at this reader: whatever an event holds, it is read to its end, and the next one is applied. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class HostileIT {
    private InboxProbe probe;

    @BeforeAll
    void start() throws SQLException {
        probe = new InboxProbe();
    }

    @AfterAll
    void stop() throws SQLException {
        probe.close();
    }

    @ParameterizedTest
    @DisplayName("N-09 to N-14, S-12: no odd body stops provisioning, is logged or dies of the database")
    @ValueSource(
            strings = {
                "customer.created",
                "customer.updated",
                "checkout.session.completed",
                "customer.subscription.updated",
                "invoice.paid",
                "payment_method.attached",
                "product.updated",
                "price.updated",
                "subscription_schedule.updated"
            })
    void everyOddBodyIsReadToItsEnd(String type) throws SQLException {
        // Given
        List<HostileBodies.Body> bodies = HostileBodies.of(List.of(type));
        String after = "evt_after." + type;
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        bodies.forEach(body -> records.add(record(body.id() + type, body.type(), body.bytes())));
        records.add(StripeJson.of(after, "customer.created", 1, StripeJson.customer("cus_after"))
                .record(InboxProbe.PREFIX, 0));

        // When
        try (LogWatch watch = new LogWatch(HostileBodies.NAME, HostileBodies.PHONE)) {
            probe.process(records);
            assertThat(watch.found()).as("logged at DEBUG").isEmpty();
        }

        // Then
        assertThat(probe.one("select outcome from provisioning.inbox where event_id = '" + after + "'"))
                .isEqualTo("applied");
        Set<String> claimed = claimed();
        assertThat(bodies)
                .filteredOn(body -> !claimed.contains(body.id() + type))
                .isEmpty();
    }

    @Test
    @DisplayName("S-12: nothing of the corpus is in the log at DEBUG")
    @EnabledIfSystemProperty(named = "quittance.corpus", matches = ".+")
    void nothingOfTheCorpusIsLogged() throws IOException, SQLException {
        // Given
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("quittance.corpus")))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                byte[] body = Files.readAllBytes(file);
                if (StripeEvent.read(body) instanceof StripeEvent.Reading.Read(StripeEvent event)) {
                    records.add(record(event.id(), event.type(), body));
                }
            }
        }

        // When
        try (LogWatch watch = new LogWatch()) {
            probe.process(records);

            // Then
            assertThat(watch.lines()).isPositive();
            assertThat(watch.found()).isEmpty();
        }
        assertThat(claimed()).hasSizeGreaterThan(records.size() / 2);
    }

    private Set<String> claimed() throws SQLException {
        Set<String> claimed = new HashSet<>();
        try (Statement statement = probe.connection.createStatement();
                ResultSet rows = statement.executeQuery("select event_id from provisioning.inbox")) {
            while (rows.next()) {
                claimed.add(rows.getString(1));
            }
        }
        return claimed;
    }

    private static ConsumerRecord<String, byte[]> record(String id, String type, byte[] body) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(InboxProbe.PREFIX + Topics.STRIPE_EVENTS, 0, 0, "key", body);
        StripeJson.header(record, Headers.CE_ID, id);
        StripeJson.header(record, Headers.CE_TYPE, type);
        return record;
    }
}
