package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.intentSucceeded;
import static dev.quittance.billing.testing.MoneyIn.invoice;
import static dev.quittance.billing.testing.MoneyIn.payout;
import static dev.quittance.billing.testing.MoneyIn.session;
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

/** Failure cases E: money that comes in, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class MoneyInIT {
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
    @DisplayName("E1, E2, E17, N-04: session, invoice, intent and charge of one payment are one grant")
    void oneAnchorMeansOneGrant() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "paid", "\"invoice\":\"in_" + name + "\""),
                invoice("paid", "in", name, "manual", 1500, 1500, "\"payment_intent\":\"pi_" + name + "\""),
                invoice("payment_succeeded", "in", name, "manual", 1500, 1500, ""),
                intentSucceeded(1, name),
                charge("succeeded", 1, name, PAID),
                customer(name, user),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains(POINTS + "-500", "settlements: in_#|1500|500|20", "account: #|revenue:EUR|-1500")
                .filteredOn(row -> row.contains("grant:"))
                .containsExactlyInAnyOrder(
                        "journal_entries: grant:in_#:points|500", "journal_entries: grant:in_#:credits|20");
    }

    @Test
    @DisplayName("E3: an asynchronous payment gives nothing until it is paid")
    void anAsynchronousPaymentIsGrantedWhenItSucceeds() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "unpaid", ""),
                session("async_payment_succeeded", 9, name, "complete", "paid", ""),
                charge("succeeded", 8, name, PAID),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books).contains(POINTS + "-500", "settlements: pi_#|1500|500|20");
    }

    @Test
    @DisplayName("E3: an asynchronous payment that fails gives nothing")
    void anAsynchronousPaymentThatFailsGivesNothing() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "unpaid", ""),
                session("async_payment_failed", 9, name, "complete", "unpaid", ""),
                // Something that leaves a trace, so that the run is seen.
                MoneyBack.refund("refund.created", 11, "re_1", "other" + name, 0, "pending"),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books).containsExactly("refunds: re_1_other#|pending|pi_other#");
    }

    @Test
    @DisplayName("E4: a debit that the bank calls back is reversed like a lost dispute")
    void aReturnedDebitIsReversed() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "paid", ""),
                charge("succeeded", 1, name, PAID),
                charge("failed", 9, name, """
                        "failure_balance_transaction":"txn_back_%s","status":"failed",
                        "amount_captured":1500,"amount_refunded":0,"paid":false,"captured":true""".formatted(name)),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains("standings: pi_#|1500|500|20", "reversals: pi_#|ch_#|dispute|1500")
                .noneMatch(row -> row.startsWith(POINTS) || row.contains("stripe_clearing"));
    }

    @Test
    @DisplayName("E6: a coupon for everything is fulfilled once, without money")
    void nothingToPayIsGrantedOnce() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "no_payment_required", ""),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains(POINTS + "-500")
                .noneMatch(row -> row.contains("stripe_clearing") || row.contains("revenue"));
    }

    @Test
    @DisplayName(
            "E10, N-12: yen have no decimals, dinars three, and a payout of forints none: as whole as Stripe says them")
    void amountsStayInTheSmallestUnitOfTheirCurrency() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                charge("succeeded", 1, "yen" + name, PAID).with("1500", "500").with("\"eur\"", "\"jpy\""),
                charge("succeeded", 2, "dinar" + name, PAID)
                        .with("1500", "5120")
                        .with("\"eur\"", "\"kwd\""),
                charge("succeeded", 3, name, PAID).with("1500", "700").with("\"eur\"", "\"ugx\""),
                session("completed", 4, name, "complete", "paid", "")
                        .with("1500", "700")
                        .with("\"eur\"", "\"ugx\""),
                payout(name).with("\"eur\"", "\"huf\""),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains(
                        "account: #|stripe_clearing:JPY|500",
                        "account: #|stripe_clearing:KWD|5120",
                        "account: #|stripe_clearing:UGX|700",
                        "account: #|bank:HUF|123400",
                        "settlements: pi_#|700|500|20");
        assertThat(ledger.rows("select distinct currency from billing.settlements"))
                .containsExactly("UGX");
    }

    @Test
    @DisplayName("E11: the gross is booked at once, the fee once when Stripe knows it")
    void theFeeIsBookedOnceWhenItIsKnown() throws SQLException {
        // Given: as much as Stripe answers when it is asked
        String known = PAID + ",\"balance_transaction\":{\"id\":\"txn_%s\",\"fee\":43,\"currency\":\"eur\"}";

        // When
        List<String> books = cases.books((name, user) -> List.of(
                charge("succeeded", 1, name, PAID),
                charge("updated", 3, name, known.formatted(name)).with("\"balance_transaction\":null,", ""),
                charge("updated", 4, name, known.formatted(name)).with("\"balance_transaction\":null,", ""),
                charge("updated", 5, name, PAID).with("null", "\"txn_" + name + "\""),
                session("completed", 2, name, "complete", "paid", ""),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains(
                        "account: #|stripe_clearing:EUR|1457",
                        "account: #|stripe_fees:EUR|43",
                        "account: #|revenue:EUR|-1500",
                        "journal_entries: fee:txn_#|43");
    }

    @Test
    @DisplayName("E12: what was paid is not what the package costs, and is held")
    void anotherAmountThanThePackagesIsHeld() throws SQLException {
        // Given
        ledger.run(
                "delete from billing.packages; insert into billing.packages (package_id, name, points, price_minor, currency)"
                        + " values ('basic', 'Basic', 500, 1500, 'EUR'), ('premium', 'Premium', 500, 3999, 'EUR')");

        // When
        List<String> books = cases.books((name, user) -> List.of(
                session("completed", 2, name, "complete", "paid", "\"amount_subtotal\":1500")
                        .with("\"voucher_months\":\"3\"", "\"voucher_months\":\"3\",\"package_id\":\"premium\""),
                charge("succeeded", 1, name, PAID),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books)
                .contains("parked: evt_cs2_#|operator:pi_#|PRICE_MISMATCH")
                .noneMatch(row -> row.startsWith("settlements"));
    }

    @Test
    @DisplayName("E15: of an authorisation only what was captured is booked")
    void onlyWhatWasCapturedIsBooked() throws SQLException {
        // When
        List<String> books =
                cases.books((name, _) -> List.of(charge("succeeded", 1, name, """
                        "status":"succeeded","amount_captured":0,"amount_refunded":0,"paid":true,"captured":false"""), charge("captured", 5, name, """
                        "status":"succeeded","amount_captured":1000,"amount_refunded":0,"paid":true,"captured":true""")));

        // Then
        assertThat(books).contains("account: #|stripe_clearing:EUR|1000", "account: #|revenue:EUR|-1000");
    }

    @Test
    @DisplayName("E16: an intent that succeeds three times settles once")
    void threeSuccessesAreOneSettlement() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> List.of(
                intentSucceeded(1, name),
                intentSucceeded(2, name),
                intentSucceeded(3, name),
                session("completed", 2, name, "complete", "paid", ""),
                Events.identity("cs_" + name, user, "4000000000000002")));

        // Then
        assertThat(books).contains(POINTS + "-500", "settlements: pi_#|1500|500|20");
    }
}
