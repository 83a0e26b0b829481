package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure cases of subscriptions: every permutation of each one's events, each event doubled, in random batches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionOrderIT {
    private static final int TURNS_MAX = 4;
    private static final int RACES = 50;
    private static final long SEED = 20_261_120;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final InboxProbe probe;

    SubscriptionOrderIT() throws SQLException {
        probe = new InboxProbe();
    }

    private record Run(String name, List<List<StripeJson>> turns) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyOrderLeadsToTheSameState(SubscriptionCase failure) throws SQLException {
        // Given
        Random random = new Random(SEED);
        List<Run> runs = new ArrayList<>();
        for (List<Integer> order : Orders.permutations(failure.events("x").size())) {
            Run run = run(failure, Orders.doubled(order, random), random);
            probe.user(run.name());
            runs.add(run);
        }

        // When
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            for (Run run : runs) {
                run.turns().get(turn).forEach(event -> records.add(event.record(InboxProbe.PREFIX, records.size())));
            }
            probe.process(records);
        }

        // Then
        Map<String, String> states = new LinkedHashMap<>();
        for (Run run : runs) {
            states.putIfAbsent(SubscriptionDump.of(probe.connection, run.name()), run.toString());
        }
        assertThat(states).as("seed %d", SEED).hasSize(1);
        String state = states.keySet().iterator().next();
        assertThat(failure.expected()).allSatisfy(line -> assertThat(state).contains(line));
        assertThat(state).endsWith("parked\n");
    }

    @Test
    @DisplayName("D2: created and updated, each twice, by two consumers at once: one row, no item doubled")
    void twoConsumersAtOnceWriteOneSubscription() throws SQLException {
        // Given
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            runs.add("s%05d".formatted(RUNS.incrementAndGet()));
            probe.user(runs.getLast());
        }
        List<ConsumerRecord<String, byte[]>> one = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> other = new ArrayList<>();
        for (String run : runs) {
            Life life = new Life(run);
            List<StripeJson> events = List.of(
                    life.customer(),
                    life.event("1", "customer.subscription.created", 5, life.subscription("a", "incomplete")),
                    life.event("2", "customer.subscription.updated", 5, life.subscription("a", "active")));
            events.forEach(event -> one.add(event.record(InboxProbe.PREFIX, one.size())));
            events.reversed().forEach(event -> other.add(event.record(InboxProbe.PREFIX, other.size())));
        }

        // When
        probe.processTogether(one, other);
        probe.processTogether(other, one);

        // Then
        for (String run : runs) {
            assertThat(SubscriptionDump.of(probe.connection, run))
                    .contains("sub_a active paid - expiry -")
                    .endsWith("parked\n");
            assertThat(probe.one("select count(*) from provisioning.subscriptions where id = 'sub_a_" + run + "'"))
                    .isEqualTo("1");
            assertThat(probe.one("select count(*) from provisioning.subscription_items where subscription_id = 'sub_a_"
                            + run + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void eachStateOfASubscriptionIsToldOnceWithWhatIsPaid() throws SQLException {
        // Given
        String run = "s%05d".formatted(RUNS.incrementAndGet());
        probe.user(run);
        Life life = new Life(run);
        List<StripeJson> events = List.of(
                life.customer(),
                life.event("1", "customer.subscription.created", 5, life.subscription("a", "incomplete")),
                life.event("2", "customer.subscription.updated", 6, life.subscription("a", "active")),
                life.event("3", "invoice.paid", 7, life.invoice("a", 1)),
                life.event("4", "customer.subscription.updated", 8, life.subscription("a", "active")),
                life.event("5", "customer.subscription.deleted", 9, life.subscription("a", "active")));

        // When
        for (StripeJson event : events) {
            probe.process(List.of(event.record(InboxProbe.PREFIX, 0)));
            probe.process(List.of(event.record(InboxProbe.PREFIX, 1)));
        }

        // Then
        assertThat(probe.one("""
                        select string_agg(concat_ws(' ', e ->> 'revision', e ->> 'previousStatus', e ->> 'status',
                            e ->> 'periodEnd' is not null), ', ' order by (e ->> 'revision')::int)
                        from (select convert_from(payload, 'UTF8')::jsonb as e from provisioning.outbox
                              where event_type = 'SubscriptionChanged') told
                        where e ->> 'subscriptionId' = 'sub_a_RUN'
                        """.replace("RUN", run)))
                .isEqualTo("1 incomplete f, 2 incomplete active f, 3 active active t, 4 active canceled t");
    }

    static List<SubscriptionCase> cases() {
        return Stream.concat(SubscriptionCase.ALL.stream(), SubscriptionEndings.ALL.stream())
                .toList();
    }

    @AfterAll
    void close() throws SQLException {
        probe.close();
    }

    private static Run run(SubscriptionCase failure, List<Integer> order, Random random) {
        String name = "s%05d".formatted(RUNS.incrementAndGet());
        List<StripeJson> events = failure.events(name);
        List<List<StripeJson>> turns = new ArrayList<>();
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            turns.add(new ArrayList<>());
        }
        int turn = 0;
        for (int event : order) {
            turn = Math.min(turn + random.nextInt(2), TURNS_MAX - 1);
            turns.get(turn).add(events.get(event));
        }
        return new Run(name, turns);
    }
}
