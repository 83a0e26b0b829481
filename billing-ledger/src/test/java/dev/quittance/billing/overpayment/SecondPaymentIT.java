package dev.quittance.billing.overpayment;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.overpayment.OverpaymentConfig.Policy;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.refunding.OwedRefundStore;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.Orders;
import dev.quittance.billing.testing.Shop;
import dev.quittance.billing.testing.ShopOrders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An order that is paid twice is delivered once, and the second payment waits or goes back, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class SecondPaymentIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PAID =
            "\"status\":\"succeeded\",\"paid\":true,\"captured\":true,\"amount_captured\":1500,\"amount_refunded\":0";
    private static final String DELIVERED = "completed|null|sold|0|1|0";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    Pool pool;

    @Inject
    OverpaymentStore store;

    @Inject
    OwedRefundStore refunds;

    @Inject
    JournalStore journal;

    @Inject
    MeterRegistry metrics;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;
    private OverpaymentJob refunding;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
        refunding = new OverpaymentJob(pool, store, refunds, new EagerConfig(Policy.REFUND), metrics);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName(
            "E14: of two sessions that pay for one order one delivers, once, and the other's money waits in suspense")
    void theSecondPaymentOfAnOrderIsHeld() throws SQLException {
        // When
        List<String> books = books(this::process, SecondPaymentIT::twice);

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly(DELIVERED);
        assertThat(books)
                .contains(
                        "overpayments: pi_#|1500|0",
                        "account: #|suspense:EUR|-1500",
                        "account: #|revenue:EUR|-1500",
                        "settlements: pi_#|1500|0|0",
                        "settlements: pi_#|1500|500|20",
                        "journal_entries: grant:pi_#:points|500");
        assertThat(ledger.rows("select distinct count(*) from billing.journal_entries where rule = 'grant'"
                        + " group by substring(business_key from '7770[0-9]{8}')"))
                .containsExactly("2");
        assertThat(ledger.rows("select count(*) from billing.refund_requests")).containsExactly("0");
        Shop.operator("GET", "/api/admin/ledger/overpayments", "k", "{}")
                .statusCode(200)
                .body("orderId", everyItem(notNullValue()), "payments.flatten()", everyItem(startsWith("pi_")));
    }

    @Test
    @DisplayName(
            "E14: the second payment of an order goes back where that is the policy, once, and takes nothing with it")
    void theSecondPaymentOfAnOrderGoesBack() throws SQLException {
        // When
        List<String> books = books(
                events -> {
                    process(events);
                    refunding.everySoOften().await().atMost(LONG);
                },
                SecondPaymentIT::twice);

        // Then
        assertThat(books).contains("overpayments: pi_#|1500|0");
        assertThat(ledger.rows("select distinct count(*), sum(amount_minor) from billing.refund_requests"
                        + " group by substring(payment_intent_id from '7770[0-9]{8}')"))
                .containsExactly("1|1500");
        assertThat(ledger.rows("select r.payment_intent_id from billing.refund_requests r"
                        + " left join billing.overpayments o on o.anchor = r.payment_intent_id where o.anchor is null"))
                .isEmpty();
    }

    @Test
    @DisplayName("E14: a refund of the second payment ends it, and the order stays as it was delivered")
    void theRefundOfTheSecondPaymentTakesNothing() throws SQLException {
        // When: the first is known to be the order's own, as the checkout that opened it has written
        List<String> books = new Case(ledger, this::process).books((name, user) -> {
            addUser(user);
            ShopOrders.place(ledger, name, user, "refund", true);
            process(List.of(
                    told(name, session("completed", 2, name, "complete", "paid", "")),
                    charge("succeeded", 1, name, PAID),
                    Events.identity("cs_" + name, user, "4000000000000002")));
            return List.of(
                    told(name, session("completed", 3, "b" + name, "complete", "paid", "")),
                    charge("succeeded", 2, "b" + name, PAID),
                    Events.identity("cs_b" + name, user, "4000000000000002"),
                    MoneyBack.refund("refund.created", 11, "re_1", "b" + name, 1500, "succeeded"));
        });

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly(DELIVERED);
        assertThat(books)
                .contains("overpayments: pi_b#|1500|1500", "account: #|revenue:EUR|-1500")
                .noneMatch(row -> row.contains("suspense") || row.startsWith("standings"));
    }

    @Test
    @DisplayName("H2: an order whose page expired is paid on another one: delivered once, and nothing is too much")
    void anotherSessionTakesThePlaceOfOneThatDidNotPay() throws SQLException {
        // When
        List<String> books = books(
                this::process,
                (name, user) -> List.of(
                        told(name, session("expired", 2, name, "expired", "unpaid", "")),
                        told(name, session("completed", 3, "b" + name, "complete", "paid", "")),
                        charge("succeeded", 2, "b" + name, PAID),
                        Events.identity("cs_b" + name, user, "4000000000000002")));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly(DELIVERED);
        assertThat(books).noneMatch(row -> row.startsWith("overpayments") || row.contains("suspense"));
    }

    @Test
    @DisplayName("E14: who pays by card for what was paid with points has it once, and the money waits")
    void anOrderThatWasPaidWithPointsIsPaidByCardToo() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 6, "");
        Random random = new Random(1);

        // When
        int run = 0;
        for (List<Integer> places : Orders.numbers(3, 6, random)) {
            UUID user = UUID.randomUUID();
            String name = "7770%08d".formatted(run++);
            ledger.addUser(user);
            pool.withTransaction(transaction -> journal.post(
                            transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, "points", 300))))
                    .await()
                    .atMost(LONG);
            String order = Shop.user(
                            user,
                            "POST",
                            "/api/checkout",
                            "buy",
                            "{\"payment_method\":\"points\"," + Shop.items(product, 1) + "}")
                    .statusCode(200)
                    .extract()
                    .path("orderId");
            List<Event> events = List.of(
                    ShopOrders.of(session("completed", 2, name, "complete", "paid", ""), UUID.fromString(order)),
                    charge("succeeded", 1, name, PAID),
                    Events.identity("cs_" + name, user, "4000000000000002"));
            Orders.doubled(places.stream().map(events::get).toList(), random).forEach(event -> process(List.of(event)));
        }

        // Then
        assertThat(ledger.rows("select status, fulfilled_at is not null, count(*) from billing.orders group by 1, 2"))
                .containsExactly("completed|t|6");
        assertThat(ledger.rows(
                        "select sold, available from billing.product_inventory where product_id = '" + product + "'"))
                .containsExactly("6|0");
        assertThat(ledger.rows("select points, excess_minor, returned_minor, count(*) from billing.overpayments"
                        + " join billing.settlements using (anchor) group by 1, 2, 3"))
                .containsExactly("0|1500|0|6");
    }

    private List<String> books(Consumer<List<Event>> poll, Case.Sequence sequence) throws SQLException {
        return new Case(ledger, "b?", poll).books((name, user) -> {
            ShopOrders.place(ledger, name, user, "refund", false);
            return sequence.apply(name, user);
        });
    }

    /** Two sessions for one order, both paid. */
    private static List<Event> twice(String name, UUID user) {
        return List.of(
                told(name, session("completed", 2, name, "complete", "paid", "")),
                charge("succeeded", 1, name, PAID),
                Events.identity("cs_" + name, user, "4000000000000002"),
                told(name, session("completed", 3, "b" + name, "complete", "paid", "")),
                charge("succeeded", 2, "b" + name, PAID),
                Events.identity("cs_b" + name, user, "4000000000000002"));
    }

    private static Event told(String name, Event session) {
        return ShopOrders.of(session, ShopOrders.order(name));
    }

    private void addUser(UUID user) {
        try {
            ledger.addUser(user);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void process(List<Event> events) {
        inbox.process(Events.poll(events)).await().atMost(LONG);
    }
}
