package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyBack.dispute;
import static dev.quittance.billing.testing.MoneyBack.disputeIn;
import static dev.quittance.billing.testing.MoneyBack.movement;
import static dev.quittance.billing.testing.MoneyBack.purchaseAnd;
import static dev.quittance.billing.testing.MoneyBack.refund;
import static dev.quittance.billing.testing.MoneyBack.review;
import static dev.quittance.billing.testing.MoneyBack.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Ledger;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Failure cases F of disputes and doubts, in every order and doubled. A purchase is 15.00 EUR, 500 points and 20 credits. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class DisputeIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POINTS = "account: #|user:44444444-4444-4444-8444-#:points|";
    private static final String CREDITS = "account: #|user:44444444-4444-4444-8444-#:credits|";
    private static final String CLEARING = "account: #|stripe_clearing:EUR|";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

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
    @DisplayName("F7, N-20: a dispute that is won is exactly undone")
    void aWonDisputeIsUndone() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> {
            String out = movement("out", name, -1500, 1500);
            String in = movement("in", name, 1500, -1500);
            return purchaseAnd(
                    name,
                    user,
                    dispute("created", 21, "dp", name, 1500, "needs_response"),
                    dispute("funds_withdrawn", 21, "dp", name, 1500, "needs_response", out),
                    dispute("closed", 31, "dp", name, 1500, "won", out),
                    dispute("funds_reinstated", 32, "dp", name, 1500, "won", out, in));
        });

        // Then
        assertThat(books)
                .contains(CLEARING + "1500", POINTS + "-500", CREDITS + "-20", "disputes: dp_#|won|pi_#")
                .noneMatch(row -> row.startsWith("standings")
                        || row.startsWith("payment_holds")
                        || row.contains("dispute_hold:EUR|"));
    }

    @Test
    @DisplayName("F8: a dispute that was won, and a refund of the same payment")
    void aRefundAfterAWonDisputeTakesEverything() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> {
            String out = movement("out", name, -1500, 0);
            String in = movement("in", name, 1500, 0);
            return purchaseAnd(
                    name,
                    user,
                    dispute("funds_withdrawn", 21, "dp", name, 1500, "under_review", out),
                    dispute("funds_reinstated", 32, "dp", name, 1500, "won", out, in),
                    refund("refund.created", 41, "re_1", name, 1500, "succeeded"));
        });

        // Then
        assertThat(books)
                .contains("reversals: pi_#|re_1_#|refund|1500", "standings: pi_#|1500|500|20")
                .noneMatch(row -> row.startsWith(POINTS) || row.startsWith("reversals: pi_#|dp"));
    }

    @Test
    @DisplayName("F9: a refund while a dispute is open takes no more than was paid")
    void refundAndDisputeTogetherNeverTakeTwice() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                refund("refund.created", 11, "re_1", name, 600, "succeeded"),
                dispute("funds_withdrawn", 21, "dp", name, 1500, "needs_response", movement("out", name, -1500, 0))));

        // Then
        assertThat(books)
                .contains(
                        "account: #|dispute_hold:EUR|1500",
                        "account: #|refunds:EUR|600",
                        "reversals: pi_#|re_1_#|refund|600",
                        "reversals: pi_#|dp_#|dispute|900",
                        "standings: pi_#|1500|500|20",
                        "payment_holds: pi_#|dp_#|dispute")
                .noneMatch(row -> row.startsWith(POINTS));
    }

    @Test
    @DisplayName("F10: an inquiry moves nothing and holds nothing")
    void anInquiryChangesNothing() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                dispute("created", 21, "dp", name, 1500, "warning_needs_response"),
                dispute("closed", 31, "dp", name, 1500, "warning_closed")));

        // Then
        assertThat(books)
                .contains(POINTS + "-500", "disputes: dp_#|warning_closed|pi_#")
                .noneMatch(row -> row.startsWith("payment_holds") || row.startsWith("standings"));
    }

    @Test
    @DisplayName("F11: lost before created; partial; several on one charge")
    void severalPartialDisputesEndByTheirMovements() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> {
            String first = movement("a", name, -600, 1500);
            String second = movement("b", name, -300, 0);
            return purchaseAnd(
                    name,
                    user,
                    dispute("closed", 31, "dp1", name, 600, "lost", first),
                    dispute("created", 21, "dp1", name, 600, "needs_response", first),
                    dispute("funds_withdrawn", 22, "dp2", name, 300, "needs_response", second));
        });

        // Then
        assertThat(books)
                .contains(
                        "account: #|dispute_loss:EUR|600",
                        "account: #|dispute_hold:EUR|300",
                        "account: #|stripe_fees:EUR|1500",
                        CLEARING + "-900",
                        "standings: pi_#|900|300|12",
                        "payment_holds: pi_#|dp2_#|dispute")
                .noneMatch(row -> row.startsWith("payment_holds: pi_#|dp1"));
    }

    @Test
    @DisplayName("F11: a dispute in another currency takes what its movement says")
    void aDisputeInAnotherCurrencyCountsByItsMovement() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                disputeIn("created", 21, "dp", name, 800, "usd", "needs_response"),
                disputeIn(
                        "funds_withdrawn",
                        22,
                        "dp",
                        name,
                        800,
                        "usd",
                        "needs_response",
                        movement("a", name, -750, 0))));

        // Then
        assertThat(books).contains("standings: pi_#|750|250|10", "account: #|dispute_hold:EUR|750");
    }

    @Test
    @DisplayName("F13: an early fraud warning and a review hold until they are done with")
    void warningsAndReviewsHold() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                warning("created", 21, name, true),
                review("opened", 21, name, true),
                review("closed", 22, name, false)));

        // Then
        assertThat(books)
                .contains("payment_holds: pi_#|issfr_#|early_fraud_warning", POINTS + "-500")
                .noneMatch(row -> row.contains("prv_"));
    }
}
