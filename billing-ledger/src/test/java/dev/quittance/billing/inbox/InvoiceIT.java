package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.creditNote;
import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.invoice;
import static dev.quittance.billing.testing.MoneyIn.invoicePayment;
import static dev.quittance.billing.testing.MoneyIn.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
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

/** Failure cases E and F of invoices, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class InvoiceIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POINTS = "account: #|user:44444444-4444-4444-8444-#:points|";
    private static final String PAID =
            "\"amount_captured\":1500,\"amount_refunded\":0,\"paid\":true,\"captured\":true,\"status\":\"succeeded\"";

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
    @DisplayName("E1: a subscription's first invoice grants, its session never")
    void aSubscriptionIsGrantedByItsInvoice() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in", name, "subscription_create", 1000, 1000, "", line("a", name, 1000, false)),
                invoice(
                        "payment_succeeded",
                        "in",
                        name,
                        "subscription_create",
                        1000,
                        1000,
                        "",
                        line("a", name, 1000, false)),
                charge("succeeded", 1, name, PAID),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(POINTS + "-100", "settlements: in_#|1000|100|0")
                .filteredOn(row -> row.contains("grant:"))
                .hasSize(1);
    }

    @Test
    @DisplayName("E5: a trial's invoice of nothing books nothing")
    void aTrialGivesNothing() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in", name, "subscription_create", 0, 0, "", line("a", name, 0, false)),
                MoneyBack.refund("refund.created", 11, "re_1", "other" + name, 0, "pending"),
                customer(name, user)));

        // Then
        assertThat(books).containsExactly("refunds: re_1_other#|pending|pi_other#");
    }

    @Test
    @DisplayName("E7, E8: an invoice paid from the customer's balance grants once")
    void anInvoicePaidFromTheBalanceGrants() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in", name, "subscription_cycle", 1000, 0, "", line("a", name, 1000, false)),
                invoice("updated", "in", name, "subscription_cycle", 1000, 0, "", line("a", name, 1000, false)),
                customer(name, user)));

        // Then
        assertThat(books).contains(POINTS + "-100", "settlements: in_#|0|100|0");
    }

    @Test
    @DisplayName("E13: an upgrade grants the difference that was paid, and going down and up again nothing")
    void onlyThePaidDifferenceIsGranted() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in_create", name, "subscription_create", 1000, 1000, "", line("a", name, 1000, false)),
                // Half a period of 100 points back, half a period of 300 points instead.
                invoice(
                        "paid",
                        "in_up",
                        name,
                        "subscription_update",
                        1000,
                        1000,
                        "",
                        line("b", name, -500, true),
                        line("c", name, 1500, true, 3000, 300)),
                invoice(
                        "paid",
                        "in_down",
                        name,
                        "subscription_update",
                        -1000,
                        0,
                        "",
                        line("d", name, -1500, true, 3000, 300),
                        line("e", name, 500, true)),
                // Paid by what was credited for going down.
                invoice(
                        "paid",
                        "in_again",
                        name,
                        "subscription_update",
                        1000,
                        0,
                        "",
                        line("f", name, -500, true),
                        line("g", name, 1500, true, 3000, 300)),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(POINTS + "-200", "settlements: in_create_#|1000|100|0", "settlements: in_up_#|1000|100|0")
                .filteredOn(row -> row.contains("grant:"))
                .hasSize(2);
    }

    @Test
    @DisplayName("F14: a credit note takes its share of an invoice, and gives it back when it is voided")
    void aCreditNoteTakesItsShare() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice(
                        "paid",
                        "in",
                        name,
                        "subscription_cycle",
                        1000,
                        1000,
                        "\"tax\":190",
                        line("a", name, 1000, false)),
                creditNote("created", 11, name, 500, "issued"),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(
                        POINTS + "-50",
                        "account: #|customer_credit:EUR|-500",
                        "account: #|refunds:EUR|500",
                        "account: #|tax:EUR|-190",
                        "reversals: in_#|cn_#|credit_note|500");
    }

    @Test
    @DisplayName("F14: a credit note that is voided gives everything back")
    void aVoidedCreditNoteTakesNothing() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in", name, "subscription_cycle", 1000, 1000, "", line("a", name, 1000, false)),
                creditNote("created", 11, name, 500, "issued"),
                creditNote("voided", 12, name, 500, "void"),
                customer(name, user)));

        // Then
        assertThat(books)
                .contains(POINTS + "-100", "journal_entries: credit_note_reversal:cn_#|500")
                .noneMatch(row -> row.contains("customer_credit") || row.startsWith("standings"));
    }

    @Test
    @DisplayName("F16: a refund of an invoice's payment finds the invoice by its payment")
    void aRefundFindsTheInvoiceOfItsPayment() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                invoice("paid", "in", name, "subscription_cycle", 1000, 1000, "", line("a", name, 1000, false)),
                invoicePayment(name),
                MoneyBack.refund("refund.created", 11, "re_1", name, 250, "succeeded"),
                customer(name, user)));

        // Then
        assertThat(books).contains(POINTS + "-75", "standings: in_#|250|25|0");
    }
}
