package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The events of one purchase lead to one state: in every order, each twice, in whatever batches they come. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
class PurchaseOrderIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    /** Six events, each in a batch of its own at most. */
    private static final int TURNS_MAX = 6;

    private static final long SEED = 20_261_120;
    private static final AtomicInteger RUNS = new AtomicInteger();

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

    @ParameterizedTest
    @EnumSource(Buyer.class)
    void everyOrderLeadsToTheSameState(Buyer buyer) throws SQLException {
        // Given
        Inbox<ProvisioningFact> inbox = inboxes.inbox(handler);
        Random random = new Random(SEED);
        List<Run> runs = arrangements(List.of(0, 0, 1, 1, 2, 2)).stream()
                .map(order -> Run.of(buyer, split(order, random)))
                .toList();
        Map<String, String> states = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            for (Run run : runs) {
                prepareUsers(connection, run.name());
            }

            // When
            for (int turn = 0; turn < TURNS_MAX; turn++) {
                List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
                for (Run run : runs) {
                    run.batch(turn).forEach(event -> records.add(event.record(prefix, records.size())));
                }
                inbox.process(StripeJson.records(records)).await().atMost(TIMEOUT);
            }
            for (Run run : runs) {
                states.putIfAbsent(
                        StateDump.of(connection, run.name()), run.batches().toString());
            }
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.keySet().iterator().next()).contains(buyer.expected());
    }

    /** One purchase in one order. All runs go side by side, so that a poll is full of purchases at different points. */
    private record Run(String name, List<StripeJson> events, List<List<Integer>> batches) {
        static Run of(Buyer buyer, List<List<Integer>> batches) {
            String name = "r%05d".formatted(RUNS.incrementAndGet());
            return new Run(name, buyer.events(name), batches);
        }

        List<StripeJson> batch(int turn) {
            return turn < batches.size()
                    ? batches.get(turn).stream().map(events::get).toList()
                    : List.of();
        }
    }

    private static List<List<Integer>> arrangements(List<Integer> rest) {
        if (rest.isEmpty()) {
            return List.of(List.of());
        }
        return rest.stream()
                .distinct()
                .flatMap(first -> {
                    List<Integer> others = new ArrayList<>(rest);
                    others.remove(first);
                    return arrangements(others).stream()
                            .map(tail -> Stream.concat(Stream.of(first), tail.stream())
                                    .toList());
                })
                .toList();
    }

    private static List<List<Integer>> split(List<Integer> order, Random random) {
        List<List<Integer>> batches = new ArrayList<>();
        int cuts = random.nextInt(1 << (order.size() - 1));
        List<Integer> batch = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            batch.add(order.get(i));
            if (i == order.size() - 1 || (cuts >> i & 1) == 1) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
        }
        return batches;
    }

    private void prepareUsers(Connection connection, String run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into auth.users (id, email, email_confirmed_at) values (?, ?, ?::timestamptz)")) {
            for (String who : List.of("user", "verified", "unverified")) {
                insert.setObject(1, Buyer.userId(who, run));
                insert.setString(2, who + "." + run + "@example.com");
                insert.setString(3, who.equals("unverified") ? null : "2026-01-01T00:00:00Z");
                insert.executeUpdate();
            }
        }
    }
}
