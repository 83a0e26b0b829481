package dev.quittance.billing.buying;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.intentSucceeded;
import static dev.quittance.billing.testing.MoneyIn.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.ShopOrders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An order ends where its events say, in whatever order they come and however often. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class OrderEventsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PAID =
            "\"status\":\"succeeded\",\"paid\":true,\"captured\":true,\"amount_captured\":1500,\"amount_refunded\":0";
    private static final String DECLINED =
            "\"status\":\"failed\",\"paid\":false,\"captured\":false,\"amount_captured\":0,\"amount_refunded\":0";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    SessionStore sessions;

    private Ledger ledger;
    private Case cases;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        cases = new Case(
                ledger, events -> inbox.process(Events.poll(events)).await().atMost(LONG));
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName("E3: an order of a delayed debit waits with its stock, and is sold when the money is there")
    void aDelayedDebitIsSoldWhenItIsPaid() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("completed", 2, name, "complete", "unpaid", "")),
                told(name, session("async_payment_succeeded", 9, name, "complete", "paid", "")),
                charge("succeeded", 8, name, PAID),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("completed|null|sold|0|1|0");
    }

    @Test
    @DisplayName("E3: an order of a delayed debit that fails gives its stock back once")
    void aDelayedDebitThatFailsGivesItsStockBack() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("completed", 2, name, "complete", "unpaid", "")),
                told(name, session("async_payment_failed", 9, name, "complete", "unpaid", "")),
                trace(name),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("failed|null|released|0|0|1");
    }

    @Test
    @DisplayName("E12: an order that was paid with another amount is held and not sent")
    void anotherAmountIsHeld() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("completed", 2, name, "complete", "paid", ""))
                        .with("\"amount_total\":1500", "\"amount_total\":1400"),
                charge("succeeded", 1, name, PAID),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("processing|AMOUNT_DIFFERS|sold|0|1|0");
        assertThat(ledger.rows("select * from billing.order_items where fulfilled_at is not null"))
                .isEmpty();
    }

    @Test
    @DisplayName("E16: an intent that succeeds three times is one sale")
    void threeSuccessesAreOneSale() throws SQLException {
        // When
        run((name, user) -> List.of(
                intentSucceeded(1, name),
                intentSucceeded(2, name),
                intentSucceeded(3, name),
                told(name, session("completed", 2, name, "complete", "paid", "")),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("completed|null|sold|0|1|0");
    }

    @Test
    @DisplayName("H1: of two paid orders for the last piece one has it, and the other's money goes back")
    void theLastPieceIsSoldOnceAndTheOtherRefunded() throws SQLException {
        // When
        twoForTheLast("refund");

        // Then
        assertThat(ShopOrders.ends(ledger))
                .containsExactly("completed|null|sold|0|1|0", "other processing|null|short|0|1|0");
        assertThat(
                        ledger.rows(
                                "select distinct amount_minor from billing.refund_requests where idempotency_key like '%:sold_out'"))
                .containsExactly("1500");
        assertThat(ledger.rows(
                        "select count(*) = (select count(*) / 2 from billing.orders) from billing.refund_requests"))
                .containsExactly("t");
    }

    @Test
    @DisplayName("H1: by the other policy the second order waits for more")
    void theLastPieceIsSoldOnceAndTheOtherWaits() throws SQLException {
        // When
        twoForTheLast("back_order");

        // Then
        assertThat(ShopOrders.ends(ledger))
                .containsExactly("completed|null|sold|0|1|0", "other processing|null|short|0|1|0");
        assertThat(ledger.rows("select * from billing.refund_requests")).isEmpty();
    }

    @Test
    @DisplayName("H2: a session expires and is paid after all: given back once, and sold again")
    void aLatePaymentIsServedWhenThereIsStock() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("expired", 2, name, "expired", "unpaid", "")),
                told(name, session("completed", 9, name, "complete", "paid", "")),
                charge("succeeded", 8, name, PAID),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("completed|null|sold|0|1|0");
    }

    @Test
    @DisplayName("H2: a session that expires gives its stock back once")
    void anExpiryGivesTheStockBackOnce() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("expired", 2, name, "expired", "unpaid", "")),
                told(name, session("expired", 3, name, "expired", "unpaid", "")),
                trace(name),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("cancelled|null|released|0|0|1");
    }

    @Test
    @DisplayName("H3: the time for paying is over while the bank takes its days: the stock stays set aside")
    void stockIsKeptWhileAPaymentIsPending() throws SQLException {
        // When
        run((name, user) -> List.of(
                told(name, session("completed", 2, name, "complete", "unpaid", "")),
                trace(name),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("awaiting_payment|null|reserved|1|0|0");
        ledger.run("update billing.orders set expires_at = now() - interval '1 day'");
        assertThat(sessions.abandoned(50).await().atMost(LONG)).isEmpty();
    }

    @Test
    @DisplayName("H4: a card is declined and another one pays: one reservation, sold once")
    void aSecondCardIsTheSameSale() throws SQLException {
        // When
        run((name, user) -> List.of(
                charge("failed", 1, name, DECLINED).with("\"ch_", "\"ch_declined_"),
                charge("succeeded", 4, name, PAID),
                told(name, session("completed", 5, name, "complete", "paid", "")),
                identity(name, user)));

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("completed|null|sold|0|1|0");
    }

    @Test
    @DisplayName("H6: a refund brings the stock back only where that is the policy, a part of it never")
    void stockComesBackByPolicyOnly() throws SQLException {
        // When
        refunded(1500, false);
        assertThat(ShopOrders.ends(ledger)).containsExactly("refunded|null|sold|0|1|0");
        ledger.empty();
        refunded(1500, true);
        assertThat(ShopOrders.ends(ledger)).containsExactly("refunded|null|returned|0|0|1");
        ledger.empty();
        refunded(500, true);

        // Then
        assertThat(ShopOrders.ends(ledger)).containsExactly("partially_refunded|null|sold|0|1|0");
    }

    private void refunded(long amount, boolean restock) throws SQLException {
        cases.books((name, user) -> {
            ShopOrders.place(ledger, name, user, "refund", restock);
            return List.of(
                    told(name, session("completed", 2, name, "complete", "paid", "")),
                    charge("succeeded", 1, name, PAID),
                    MoneyBack.refund("refund.created", 11, "re_1", name, amount, "succeeded"),
                    identity(name, user));
        });
    }

    private void twoForTheLast(String policy) throws SQLException {
        cases.books((name, user) -> {
            ShopOrders.place(ledger, name, user, policy, false);
            ShopOrders.placeExpired(ledger, name, user);
            return List.of(
                    told(name, session("completed", 2, name, "complete", "paid", "")),
                    ShopOrders.of(session("completed", 3, "b" + name, "complete", "paid", ""), ShopOrders.other(name)),
                    intentSucceeded(1, name),
                    intentSucceeded(1, "b" + name),
                    identity(name, user));
        });
    }

    private void run(Case.Sequence sequence) throws SQLException {
        cases.books((name, user) -> {
            ShopOrders.place(ledger, name, user, "refund", false);
            return sequence.apply(name, user);
        });
    }

    private static Event told(String name, Event session) {
        return ShopOrders.of(session, ShopOrders.order(name));
    }

    private static Event identity(String name, UUID user) {
        return Events.identity("cs_" + name, user, "4000000000000002");
    }

    /** Something by which a run without a payment is seen in the books. */
    private static Event trace(String name) {
        return MoneyBack.refund("refund.created", 11, "re_1", "other" + name, 0, "pending");
    }
}
