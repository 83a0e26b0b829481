package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who tries what twice: every permutation of the events, each doubled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrialIT {
    private static final long SEED = 20_261_122;
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Instant NOW = Instant.now();
    private static final String ACCESS = """
            select concat_ws(' ', x.granted, array_to_string(x.reasons, ',')) from provisioning.account_access x
            join provisioning.accounts a using (account_number) where a.user_id = '%s'
            """;

    private final InboxProbe probe;

    TrialIT() throws SQLException {
        probe = new InboxProbe();
    }

    @Test
    @DisplayName("D17: the same card on another account gives no second trial, whoever is heard of first")
    void aCardGivesOneTrial() throws SQLException {
        // Given
        Random random = new Random(SEED);
        Set<String> states = new HashSet<>();

        for (List<Integer> order : Orders.permutations(4)) {
            Life first = known("t%05d".formatted(RUNS.incrementAndGet()));
            Life second = known("t%05d".formatted(RUNS.incrementAndGet()));
            List<StripeJson> events = List.of(
                    card(first, "fp_" + first.run()),
                    trial(first, "a", "trialing", -3, 11),
                    card(second, "fp_" + first.run()),
                    trial(second, "a", "trialing", -2, 12));

            // When
            happen(events, order, random);
            states.add(access(first) + " / " + access(second));
        }

        // Then
        assertThat(states).as("seed %d", SEED).containsExactly("t trial / f trial-used,not-yet-paid");
        assertThat(probe.one("select string_agg(print, '') like '%fp_%' from provisioning.card_prints"))
                .as("no fingerprint is kept")
                .isEqualTo("f");
    }

    @Test
    @DisplayName("D17: cancelled and subscribed again, to another plan as well, gives no second trial")
    void aUserHasOneTrial() throws SQLException {
        // Given
        Random random = new Random(SEED);
        Set<String> states = new HashSet<>();

        for (List<Integer> order : Orders.permutations(3)) {
            Life life = known("t%05d".formatted(RUNS.incrementAndGet()));
            JsonObject other = tried(life, "b", "trialing", -1, 13);
            other.getJsonObject("items")
                    .getJsonArray("data")
                    .getJsonObject(0)
                    .put("price", life.priceObject("price_other_" + life.run()));
            List<StripeJson> events = List.of(
                    trial(life, "a", "trialing", -30, 10),
                    life.event("d", "customer.subscription.deleted", 20, tried(life, "a", "canceled", -30, 10)),
                    life.event("b", "customer.subscription.created", 30, other));

            // When
            happen(events, order, random);
            states.add(access(life));
        }

        // Then
        assertThat(states).as("seed %d", SEED).containsExactly("f canceled,trial-used,not-yet-paid");
    }

    @Test
    void anotherCardGivesItsOwnTrial() throws SQLException {
        // Given
        Life one = known("t%05d".formatted(RUNS.incrementAndGet()));
        Life other = known("t%05d".formatted(RUNS.incrementAndGet()));

        // When
        happen(
                List.of(
                        card(one, "fp_" + one.run()),
                        trial(one, "a", "trialing", -3, 11),
                        card(other, "fp_" + other.run()),
                        trial(other, "a", "trialing", -2, 12)),
                List.of(0, 1, 2, 3),
                new Random(SEED));

        // Then
        assertThat(access(one)).isEqualTo("t trial");
        assertThat(access(other)).isEqualTo("t trial");
    }

    @AfterAll
    void close() throws SQLException {
        probe.close();
    }

    /** A customer whom the service knows. */
    private Life known(String run) throws SQLException {
        Life life = new Life(run);
        probe.user(run);
        probe.process(List.of(life.customer().record(InboxProbe.PREFIX, 0)));
        return life;
    }

    private void happen(List<StripeJson> events, List<Integer> order, Random random) {
        for (int event : Orders.doubled(order, random)) {
            ConsumerRecord<String, byte[]> record = events.get(event).record(InboxProbe.PREFIX, 0);
            probe.process(new ArrayList<>(List.of(record)));
        }
    }

    private static StripeJson card(Life life, String fingerprint) {
        return life.event(
                "pm",
                "payment_method.attached",
                3,
                new JsonObject()
                        .put("id", "pm_" + life.run())
                        .put("object", "payment_method")
                        .put("type", "card")
                        .put("customer", "cus_" + life.run())
                        .put(
                                "card",
                                new JsonObject()
                                        .put("brand", "visa")
                                        .put("last4", "4242")
                                        .put("fingerprint", fingerprint)));
    }

    private static StripeJson trial(Life life, String name, String status, int begins, int ends) {
        return life.event("s" + name, "customer.subscription.created", 10, tried(life, name, status, begins, ends));
    }

    private static JsonObject tried(Life life, String name, String status, int begins, int ends) {
        return life.subscription(name, status).put("trial_start", day(begins)).put("trial_end", day(ends));
    }

    private static long day(int days) {
        return NOW.plus(Duration.ofDays(days)).getEpochSecond();
    }

    private String access(Life life) throws SQLException {
        return probe.one(ACCESS.formatted(Buyer.userId("user", life.run())));
    }
}
