package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An invoice that is longer than its event shows, in every order of its subscription's events, each doubled. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(value = InvoicePages.class, restrictToAnnotatedClass = true)
class InvoiceLinesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long SEED = 20_261_124;
    private static final int SHOWN = 10;

    @Inject
    Inboxes inboxes;

    @Inject
    ProvisioningHandler handler;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    @Test
    @DisplayName("E9: an invoice of fourteen lines pays for what its last line says, which no event shows")
    void theLinesThatAreNotShownCountToo() throws SQLException {
        // Given
        Random random = new Random(SEED);
        Inbox<ProvisioningFact> inbox = inboxes.inbox(handler);
        Map<String, List<Integer>> runs = new LinkedHashMap<>();
        Set<String> states = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            for (List<Integer> order : Orders.permutations(3)) {
                String run = "l%05d".formatted(runs.size());
                user(connection, run);
                runs.put(run, Orders.doubled(order, random));
            }

            // When
            runs.forEach((run, order) -> {
                List<StripeJson> events = events(new Life(run));
                for (int event : order) {
                    inbox.process(StripeJson.records(List.of(events.get(event).record(prefix, 0))))
                            .await()
                            .atMost(TIMEOUT);
                }
            });
            await().atMost(TIMEOUT).until(() -> {
                states.clear();
                for (String run : runs.keySet()) {
                    states.add(SubscriptionDump.of(connection, run));
                }
                return states.stream().allMatch(state -> state.endsWith("parked\n"));
            });
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.iterator().next()).contains("sub_a active paid P2 expiry P2");
    }

    private static List<StripeJson> events(Life life) {
        JsonObject invoice = life.invoice("a", 1);
        JsonArray shown = new JsonArray();
        InvoicePages.lines(life).stream().limit(SHOWN).forEach(shown::add);
        invoice.put(
                "lines",
                new JsonObject().put("object", "list").put("has_more", true).put("data", shown));
        return List.of(
                life.customer(),
                life.event("1", "customer.subscription.created", 5, life.subscription("a", "active")),
                life.event("2", "invoice.paid", 6, invoice));
    }

    private static void user(Connection connection, String run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into auth.users (id, email, email_confirmed_at) values (?, ?, now())")) {
            insert.setObject(1, Buyer.userId("user", run));
            insert.setString(2, "user." + run + "@example.com");
            insert.executeUpdate();
        }
    }
}
