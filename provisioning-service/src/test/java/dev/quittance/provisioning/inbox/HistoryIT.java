package dev.quittance.provisioning.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeSnapshot;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Stripe's lists tell of before us: it stands in every order, below what is live, and gives nobody a voucher. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryIT {
    private static final long SEED = 20_261_121;
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final String TOLD = """
            select string_agg(concat_ws(' ', e ->> 'status', e ->> 'periodEnd' is not null, jsonb_array_length(e -> 'vouchers')),
                ', ' order by (e ->> 'revision')::int)
            from (select convert_from(payload, 'UTF8')::jsonb as e from provisioning.outbox
                  where event_type = 'SubscriptionChanged') told
            where e ->> 'subscriptionId' = 'sub_a_RUN'
            """;

    private final InboxProbe probe;

    HistoryIT() throws SQLException {
        probe = new InboxProbe();
    }

    @Test
    void everyOrderOfAHistoryLeadsToTheSameState() throws SQLException {
        // Given
        Random random = new Random(SEED);
        Set<String> states = new HashSet<>();
        Set<String> vouchers = new HashSet<>();

        for (List<Integer> order : Orders.permutations(5)) {
            Life life = life();
            List<StripeJson> history = history(life);

            // When
            for (int event : Orders.doubled(order, random)) {
                process(history.get(event));
            }
            states.add(SubscriptionDump.of(probe.connection, life.run()).replaceAll("snapshot_[0-9a-f]+", "snapshot"));
            vouchers.add(probe.one("""
                    select coalesce(max(jsonb_array_length(convert_from(payload, 'UTF8')::jsonb -> 'vouchers')), 0)
                    from provisioning.outbox where event_type = 'SubscriptionChanged'
                      and convert_from(payload, 'UTF8')::jsonb ->> 'periodEnd' is not null
                      and convert_from(payload, 'UTF8')::jsonb ->> 'subscriptionId' = 'sub_a_RUN'
                    """.replace("RUN", life.run())));
        }

        // Then
        assertThat(states).as("seed %d", SEED).hasSize(1);
        assertThat(states.iterator().next())
                .contains("sub_a active paid P1 expiry P1")
                .endsWith("parked\n");
        assertThat(vouchers).containsExactly("0");
        assertThat(probe.one("select count(*) from provisioning.parked where event_type like 'snapshot.%'"))
                .isEqualTo("0");
    }

    @Test
    void aCustomerKnownByAnEmailOnlyIsTakenOverAndTold() throws SQLException {
        // Given
        Life life = new Life("h%05d".formatted(RUNS.incrementAndGet()));
        JsonObject customer = StripeJson.customer("cus_" + life.run())
                .put("email", "old." + life.run() + "@example.com")
                .put("created", Life.START);

        // When
        process(listed(life.event("s", "x", 0, life.subscription("a", "active").put("created", Life.START))));
        process(listed(life.event("c", "x", 0, customer)));
        process(listed(life.event(
                "d",
                "x",
                0,
                StripeJson.customer("cus_other" + life.run())
                        .put("email", "other." + life.run() + "@example.com")
                        .put("created", Life.START))));

        // Then
        assertThat(probe.one(
                        "select is_announced from provisioning.stripe_customers where stripe_customer_id = 'cus_other"
                                + life.run() + "'"))
                .as("who subscribed to nothing has still to check out")
                .isEqualTo("f");
        assertThat(probe.one("""
                        select u.email || ' ' || s.status || ' ' || (a.account_number is not null) from provisioning.subscriptions s
                        join auth.users u on u.id = s.user_id left join provisioning.accounts a on a.user_id = u.id
                        where s.id = 'sub_a_RUN'
                        """.replace("RUN", life.run())))
                .isEqualTo("old.%s@example.com active true".formatted(life.run()));
        assertThat(probe.one("""
                        select count(*) from provisioning.outbox where event_type = 'CustomerProvisioned'
                          and convert_from(payload, 'UTF8')::jsonb ->> 'stripeCustomerId' = 'cus_RUN'
                        """.replace("RUN", life.run()))).isEqualTo("1");
    }

    @Test
    void theNextPeriodGivesItsVoucherAndTheRunningOneDoesNot() throws SQLException {
        // Given
        Life life = life();
        history(life).forEach(this::process);

        // When: another word on the running period, and the renewal
        process(life.event("u", "customer.subscription.updated", 100, life.subscription("a", "past_due")));
        process(life.event("v", "customer.subscription.updated", 101, life.subscription("a", "active")));
        process(life.event("p", "invoice.paid", 102, life.invoice("a", 2)));

        // Then
        String told = probe.one(TOLD.replace("RUN", life.run()));
        assertThat(told).endsWith("past_due t 0, active t 0, active t 1");
        assertThat(SubscriptionDump.of(probe.connection, life.run())).contains("sub_a active paid P2 expiry P2");
    }

    @Test
    void aPeriodOfOursGivesItsVoucherThoughItIsListedMeanwhile() throws SQLException {
        // Given
        Life born = life();
        Life older = life();
        for (Life life : List.of(born, older)) {
            probe.user(life.run());
            process(life.customer());
            process(life.product(0, "30"));
        }
        process(born.event("1", "customer.subscription.created", 5, born.subscription("a", "active")));
        process(older.event("2", "customer.subscription.updated", 5, older.subscription("a", "active")));

        // When
        process(listed(born.event("s", "x", 0, born.subscription("a", "active").put("created", Life.START))));
        process(born.event("3", "invoice.paid", 7, born.invoice("a", 1)));
        process(listed(older.event("s", "x", 0, inSecondPeriod(older))));
        process(older.event("3", "invoice.paid", 7, older.invoice("a", 2)));

        // Then
        assertThat(probe.one(TOLD.replace("RUN", born.run()))).endsWith("active t 1");
        assertThat(probe.one(TOLD.replace("RUN", older.run()))).endsWith("active t 1");
    }

    @Test
    void whatIsLiveIsNotOverriddenByWhatIsListed() throws SQLException {
        // Given
        Life life = life();
        probe.user(life.run());
        process(life.customer());
        process(life.event("1", "customer.subscription.created", 5, life.subscription("a", "active")));
        process(life.event("2", "customer.subscription.updated", 6, life.subscription("a", "past_due")));
        JsonObject product = life.product(8, "30").object().copy().put("created", Life.START);
        process(life.product(8, "30"));

        // When
        process(listed(life.event("s", "x", 0, life.subscription("a", "active").put("created", Life.START))));
        process(listed(life.event("p", "x", 0, product.put("name", "Another"))));

        // Then
        assertThat(SubscriptionDump.of(probe.connection, life.run())).contains("sub_a past_due");
        assertThat(probe.one("select name from provisioning.products where product_id = 'prod_" + life.run() + "'"))
                .isEqualTo("Plan");
    }

    @AfterAll
    void close() throws SQLException {
        probe.close();
    }

    private static Life life() {
        return new Life("h%05d".formatted(RUNS.incrementAndGet()));
    }

    private static JsonObject inSecondPeriod(Life life) {
        JsonObject subscription = life.subscription("a", "active").put("created", Life.START);
        subscription.getJsonObject("items").getJsonArray("data").set(0, life.item("si_a_" + life.run(), 2));
        return subscription;
    }

    /** A subscription in its first period, which is paid, to a product that gives a voucher with each. */
    private List<StripeJson> history(Life life) throws SQLException {
        probe.user(life.run());
        return List.of(
                listed(life.event("c", "x", 0, life.customer().object().copy().put("created", Life.START))),
                listed(life.event(
                        "p", "x", 0, life.product(0, "30").object().copy().put("created", Life.START))),
                listed(life.event("pr", "x", 0, life.price(0).object().copy().put("created", Life.START))),
                listed(life.event("s", "x", 0, life.subscription("a", "active").put("created", Life.START))),
                listed(life.event(
                        "i",
                        "x",
                        0,
                        life.invoice("a", 1).put("created", Life.START).put("status", "paid"))));
    }

    /** What an event says, as a list says it. */
    private static StripeJson listed(StripeJson told) {
        byte[] body =
                StripeSnapshot.of(told.object().encode().getBytes(UTF_8), "").orElseThrow();
        if (StripeEvent.read(body) instanceof StripeEvent.Reading.Read(StripeEvent event)) {
            return new StripeJson(event.id(), event.type(), new JsonObject(new String(body, UTF_8)));
        }
        throw new AssertionError("not an event");
    }

    private void process(StripeJson event) {
        probe.process(List.of(event.record(InboxProbe.PREFIX, 0)));
    }
}
