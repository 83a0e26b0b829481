package dev.quittance.billing.sales;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Shop;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted is what was committed, once, in whatever order it was told and however often. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class SalesIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PAID =
            "\"status\":\"succeeded\",\"paid\":true,\"captured\":true,\"amount_captured\":1500,\"amount_refunded\":0,"
                    + "\"payment_method_details\":{\"type\":\"sepa_debit\",\"sepa_debit\":{\"last4\":\"3000\"}}";
    private static final String DECLINED =
            "\"status\":\"failed\",\"paid\":false,\"captured\":false,\"amount_captured\":0,"
                    + "\"amount_refunded\":0,\"failure_code\":\"expired_card\"";

    private final UUID user = UUID.randomUUID();

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    MeterRegistry registry;

    @Inject
    SalesMetrics sales;

    @Inject
    SalesStore store;

    @Inject
    SalesConfig config;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;
    private Case cases;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(user);
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        cases = new Case(
                ledger, events -> inbox.process(Events.poll(events)).await().atMost(LONG));
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aPaidCheckoutIsCountedOnceInEveryOrder() throws SQLException {
        // Given
        double paid = checkouts("paid");
        double succeeded = charges("succeeded");
        double declined = charges("expired_card");
        double debited = payments("bank_debit", "succeeded");
        double unknown = payments("other", "failed");
        long revenues = revenue().count();
        double before = revenue().totalAmount();
        AtomicInteger runs = new AtomicInteger();

        // When
        cases.books((name, buyer) -> {
            runs.incrementAndGet();
            return List.of(
                    charge("failed", 1, name, DECLINED).with("\"ch_", "\"ch_declined_"),
                    charge("succeeded", 4, name, PAID),
                    session("completed", 5, name, "complete", "paid", ""),
                    identity(name, buyer));
        });

        // Then
        // The first of them is asked for once more, to count its events.
        int sold = runs.get() - 1;
        assertThat(sold).isEqualTo(24);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(revenue().count() - revenues).isEqualTo(sold));
        assertThat(revenue().totalAmount() - before).isEqualTo(sold * 1500);
        assertThat(checkouts("paid") - paid).isEqualTo(sold);
        assertThat(charges("succeeded") - succeeded).isEqualTo(sold);
        assertThat(charges("expired_card") - declined).isEqualTo(sold);
        assertThat(payments("bank_debit", "succeeded") - debited).isEqualTo(sold);
        assertThat(payments("other", "failed") - unknown).isEqualTo(sold);
    }

    @Test
    void aPageThatExpiresIsACheckoutGivenUp() throws SQLException {
        // Given
        double abandoned = checkouts("abandoned");
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        Event expired = session("expired", 2, "left", "expired", "unpaid", "");

        // When
        inbox.process(Events.poll(List.of(expired, expired))).await().atMost(LONG);
        inbox.process(Events.poll(List.of(expired))).await().atMost(LONG);

        // Then
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(checkouts("abandoned") - abandoned).isEqualTo(1));
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        // Given
        double spent = spent().totalAmount();

        // When
        pool.<Void>withTransaction(transaction -> {
                    sales.spent(transaction, "credits", 1_000_000);
                    return Uni.createFrom().failure(new IllegalStateException("lost the race"));
                })
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(LONG);
        pool.withTransaction(transaction -> {
                    sales.spent(transaction, "credits", 7);
                    return Uni.createFrom().voidItem();
                })
                .await()
                .atMost(LONG);

        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(spent().totalAmount() - spent).isEqualTo(7));
    }

    @Test
    void anOrderForPointsIsCountedByWhatPaidForIt() {
        // Given
        double placed = orders("pending");
        double completed = orders("completed");
        UUID product = Shop.product("digital", false, "");
        pool.withTransaction(transaction ->
                        journal.post(transaction, List.of(Grants.of("grant:" + user, user, "points", 1_000))))
                .await()
                .atMost(LONG);

        // When
        for (int i = 0; i < 2; i++) {
            Shop.user(
                            user,
                            "POST",
                            "/api/checkout",
                            "k",
                            "{\"payment_method\":\"points\"," + Shop.items(product, 1) + ",\"total\":300}")
                    .statusCode(200);
        }

        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(orders("completed") - completed).isEqualTo(1));
        assertThat(orders("pending") - placed).isEqualTo(1);
    }

    @Test
    void aCartThatNobodyTouchesIsSeen() throws SQLException {
        // Given
        UUID product = Shop.product("digital", false, "");
        UUID other = Shop.product("digital", false, "");
        UUID busy = UUID.randomUUID();
        ledger.run(
                "insert into billing.cart_items (user_id, product_id, quantity, updated_at) values ('" + user + "', '"
                        + product + "', 1, now() - interval '2 days'), ('" + user + "', '" + other
                        + "', 1, now() - interval '3 days'), ('" + busy + "', '" + product
                        + "', 1, now() - interval '2 days'), ('" + busy + "', '" + other + "', 1, now())");

        // A registry of its own: the service's may have the gauge of an earlier start in this JVM.
        MeterRegistry own = new SimpleMeterRegistry();
        SalesJob job = new SalesJob(store, new SalesMetrics(own), config);

        // When
        job.turn().await().atMost(LONG);

        // Then
        Gauge untouched = own.find("carts.untouched").gauge();
        assertThat(untouched).isNotNull();
        assertThat(untouched.value()).isEqualTo(1);
    }

    private double checkouts(String outcome) {
        return registry.counter("checkout.outcomes", "outcome", outcome).count();
    }

    private double charges(String result) {
        return registry.counter("payments.charges", "result", result).count();
    }

    private double payments(String method, String outcome) {
        return registry.counter("payments.methods", "method", method, "outcome", outcome)
                .count();
    }

    private double orders(String status) {
        return registry.counter("shop.orders", "status", status, "payment", "points")
                .count();
    }

    private DistributionSummary spent() {
        return registry.summary("sales.spent", "unit", "credits");
    }

    private DistributionSummary revenue() {
        return DistributionSummary.builder("sales.revenue")
                .baseUnit("minor")
                .tag("currency", "EUR")
                .register(registry);
    }

    private static Event identity(String name, UUID user) {
        return Events.identity("cs_" + name, user, "4000000000000002");
    }
}
