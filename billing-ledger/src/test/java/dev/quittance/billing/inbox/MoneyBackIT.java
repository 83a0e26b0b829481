package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyBack.chargeRefunded;
import static dev.quittance.billing.testing.MoneyBack.purchaseAnd;
import static dev.quittance.billing.testing.MoneyBack.refund;
import static dev.quittance.billing.testing.MoneyBack.refundOfCharge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
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
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Failure cases F: money that goes back, in every order and doubled. A purchase is 15.00 EUR, 500 points and 20 credits. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class MoneyBackIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POINTS = "account: #|user:44444444-4444-4444-8444-#:points|";
    private static final String CREDITS = "account: #|user:44444444-4444-4444-8444-#:credits|";
    private static final String CLEARING = "account: #|stripe_clearing:EUR|";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;
    private Case cases;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
        cases = new Case(
                ledger, events -> inbox.process(Events.poll(events)).await().atMost(LONG));
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName("F1: two partial refunds, then the rest")
    void partialRefundsAddUpToTheWhole() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                refund("refund.created", 11, "re_1", name, 300, "succeeded"),
                refund("refund.created", 12, "re_2", name, 450, "succeeded"),
                refund("refund.created", 13, "re_3", name, 750, "succeeded")));

        // Then
        assertThat(books)
                .contains(
                        "account: #|refunds:EUR|1500",
                        "account: #|revenue:EUR|-1500",
                        "standings: pi_#|1500|500|20",
                        "reversals: pi_#|re_1_#|refund|300",
                        "reversals: pi_#|re_3_#|refund|750")
                .noneMatch(row -> row.startsWith(POINTS) || row.startsWith(CREDITS) || row.startsWith(CLEARING));
    }

    @Test
    @DisplayName("F1, F2, F5: a partial refund that nobody asked us for, before or after its payment")
    void aPartialRefundTakesItsShare() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> purchaseAnd(name, user, refund("refund.created", 11, "re_1", name, 300, "pending")));

        // Then
        assertThat(books).contains(CLEARING + "1200", POINTS + "-400", CREDITS + "-16", "standings: pi_#|300|100|4");
    }

    @Test
    @DisplayName("F3: a refund that fails, or is cancelled, gives everything back")
    void aFailedRefundIsUndone() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                refund("refund.created", 11, "re_1", name, 1500, "pending"),
                refund("refund.failed", 12, "re_1", name, 1500, "failed"),
                refund("refund.updated", 13, "re_2", name, 700, "canceled")));

        // Then
        assertThat(books)
                .contains(
                        CLEARING + "1500",
                        POINTS + "-500",
                        CREDITS + "-20",
                        "journal_entries: refund:re_1_#|1500",
                        "journal_entries: refund_reversal:re_1_#|1500",
                        "journal_entries: refund_reversal:re_2_#|700")
                .noneMatch(row -> row.startsWith("standings") || row.startsWith("reversals"));
    }

    @Test
    @DisplayName("F4: the charge's event, the refund's and the deprecated alias are one booking")
    void aRefundToldThreeTimesIsOne() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> purchaseAnd(
                name,
                user,
                refund("refund.created", 11, "re_1", name, 600, "succeeded"),
                refund("charge.refund.updated", 11, "re_1", name, 600, "succeeded"),
                chargeRefunded(11, name, 600, """
                        {"id":"re_1_%s","object":"refund","amount":600,"currency":"eur","status":"succeeded",
                         "created":1760000010}""".formatted(name))));

        // Then
        assertThat(books)
                .contains(CLEARING + "900", "account: #|refunds:EUR|600", "standings: pi_#|600|200|8")
                .filteredOn(row -> row.startsWith("journal_entries: refund"))
                .hasSize(1);
    }

    @Test
    @DisplayName("F5: a refund that names the charge alone waits for it")
    void aRefundOfAChargeFindsItsPurchase() throws SQLException {
        // When
        List<String> books =
                cases.books((name, user) -> purchaseAnd(name, user, refundOfCharge(11, "re_1", name, 1500)));

        // Then
        assertThat(books)
                .contains("standings: pi_#|1500|500|20", "refunds: re_1_#|succeeded|pi_#")
                .noneMatch(row -> row.startsWith("parked"));
    }

    @Test
    @DisplayName("F6: half is spent when everything is refunded: what is missing is owed, never forgiven")
    void whatWasSpentIsOwed() throws SQLException {
        // When
        List<String> books = cases.books((name, user) -> {
            boughtAndSpent(name, user, 300);
            return List.of(
                    refund("refund.created", 11, "re_1", name, 600, "pending"),
                    refund("refund.updated", 12, "re_1", name, 600, "succeeded"),
                    refund("refund.created", 13, "re_2", name, 900, "succeeded"),
                    refundOfCharge(14, "re_2", name, 900));
        });

        // Then
        assertThat(books)
                .contains(
                        "standings: pi_#|1500|500|20",
                        "account: #|receivable:44444444-4444-4444-8444-#:points|300",
                        "account: #|points_spent|-300")
                .noneMatch(row -> row.startsWith(POINTS));
    }

    private void boughtAndSpent(String name, UUID user, long points) {
        try {
            ledger.addUser(user);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        inbox.process(Events.poll(purchaseAnd(name, user))).await().atMost(LONG);
        Posting spent = Posting.of(
                "spend:" + name,
                "spend",
                new Cause("", "evt_spend_" + name, 0),
                Instant.EPOCH,
                LedgerAccount.user(user, "points"),
                LedgerAccount.spent("points"),
                points);
        pool.withTransaction(transaction -> journal.post(transaction, List.of(spent)))
                .await()
                .atMost(LONG);
    }
}
