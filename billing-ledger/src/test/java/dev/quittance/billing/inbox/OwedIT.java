package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.invoice;
import static dev.quittance.billing.testing.MoneyIn.line;
import static dev.quittance.billing.testing.MoneyIn.paymentOf;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Failure cases E and F of invoices that are owed, given up, or paid twice, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class OwedIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POINTS = "account: #|user:44444444-4444-4444-8444-#:points|";

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
    @DisplayName("F14: an invoice that is voided is owed by nobody")
    void aVoidedInvoiceIsNotOwed() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("open", "finalized", name),
                as("open", "payment_failed", name),
                as("void", "voided", name),
                customer(name, user)));

        // Then
        assertThat(books)
                .containsExactly(
                        "journal_entries: invoice_billed:in_#|1000", "journal_entries: invoice_closed:in_#|1000");
    }

    @Test
    @DisplayName("F14: an invoice that is given up is bad debt, and gives nothing")
    void anUncollectibleInvoiceIsBadDebt() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("draft", "created", name),
                as("open", "finalized", name),
                as("open", "payment_failed", name),
                as("uncollectible", "marked_uncollectible", name),
                as("uncollectible", "updated", name),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains("account: #|bad_debt:EUR|1000", "account: #|suspense:EUR|-1000")
                .noneMatch(row -> row.contains("|receivable:EUR|") || row.startsWith("settlements"));
    }

    @Test
    @DisplayName("F14: an invoice that is paid after it was given up is granted, and no bad debt")
    void anInvoiceThatIsPaidAfterAllIsNoBadDebt() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("open", "finalized", name),
                as("uncollectible", "marked_uncollectible", name),
                as("paid", "paid", name),
                as("paid", "payment_succeeded", name),
                paymentOf("a", name, 1000, 1000),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(
                        POINTS + "-100",
                        "account: #|revenue:EUR|-1000",
                        "account: #|stripe_clearing:EUR|1000",
                        "journal_entries: invoice_recovered:in_#|1000",
                        "settlements: in_#|1000|100|0")
                .noneMatch(row -> row.contains("bad_debt") || row.contains("suspense") || row.contains("|receivable:"));
    }

    @Test
    @DisplayName("E7: an invoice that is paid in parts grants once, and nothing of it is too much")
    void partsOfAnInvoiceAreNoOverpayment() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("paid", "paid", name),
                paymentOf("a", name, 400, 400),
                paymentOf("b", name, 600, 600),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(POINTS + "-100", "account: #|revenue:EUR|-1000")
                .noneMatch(row -> row.startsWith("overpayments") || row.contains("suspense"));
    }

    @Test
    @DisplayName(
            "E14: a session and an automatic charge both pay one invoice: one grant, the second payment is flagged")
    void whatIsPaidTwiceIsFlagged() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("paid", "paid", name),
                as("paid", "payment_succeeded", name),
                paymentOf("a", name, 1000, 1000),
                paymentOf("b", name, 1000, 1000),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(
                        POINTS + "-100",
                        "account: #|stripe_clearing:EUR|2000",
                        "account: #|revenue:EUR|-1000",
                        "account: #|suspense:EUR|-1000",
                        "overpayments: in_#|1000|0")
                .filteredOn(row -> row.contains("grant:"))
                .hasSize(1);
        given().auth()
                .oauth2(StripeDouble.operatorToken())
                .get("/api/admin/ledger/overpayments")
                .then()
                .statusCode(200)
                .body("[0].excessMinor", equalTo(1000))
                .body("[0].payments", hasSize(2));
        given().auth()
                .oauth2(StripeDouble.userToken(UUID.randomUUID()))
                .get("/api/admin/ledger/overpayments")
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("E14: the second payment is given back, and takes nothing of the grant")
    void theSecondPaymentsRefundTakesNothing() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                as("paid", "paid", name),
                paymentOf("a", name, 1000, 1000),
                paymentOf("b", name, 1000, 1000),
                refundOf("b", name, "pending"),
                refundOf("b", name, "succeeded"),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(
                        POINTS + "-100",
                        "account: #|stripe_clearing:EUR|1000",
                        "account: #|revenue:EUR|-1000",
                        "overpayments: in_#|1000|1000")
                .noneMatch(row -> row.contains("suspense")
                        || row.contains("|refunds:")
                        || row.startsWith("standings")
                        || row.startsWith("reversals"));
    }

    /** An invoice of 10.00 EUR that gives 100 points when it is paid. */
    private static Event as(String status, String type, String name) {
        long paid = status.equals("paid") ? 1000 : 0;
        return invoice(
                        type,
                        "in",
                        name,
                        "subscription_cycle",
                        1000,
                        paid,
                        "\"amount_due\":1000",
                        line("a", name, 1000, false))
                .with("\"status\":\"paid\"", "\"status\":\"" + status + "\"");
    }

    private static Event refundOf(String payment, String name, String status) {
        return Events.stripe(
                "evt_re_" + status + payment + name, "refund.updated", 9, """
                {"id":"re_%1$s_%2$s","object":"refund","amount":1000,"currency":"eur","status":"%3$s",
                 "charge":"ch_%1$s_%2$s","payment_intent":"pi_%1$s_%2$s","created":1760000010}""".formatted(payment, name, status));
    }
}
