package dev.quittance.billing.reconciliation;

import static dev.quittance.billing.testing.MoneyBack.dispute;
import static dev.quittance.billing.testing.MoneyBack.purchaseAnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeBalance;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A verdict that nobody told, after a purchase and its dispute in every order. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class MissedVerdictIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @Inject
    Inboxes inboxes;

    @Inject
    BatchHandler<BillingFact> handler;

    @Inject
    ReconciliationJob job;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        StripeBalance.empty();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName(
            "F12: a verdict whose event never came is read from Stripe and booked, whatever the order of what came")
    void aMissedVerdictIsReadFromStripe() throws SQLException {
        // Given
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        Case cases = new Case(
                ledger, events -> inbox.process(Events.poll(events)).await().atMost(LONG));

        // When
        List<String> books = cases.books(
                (name, user) -> purchaseAnd(
                        name,
                        user,
                        dispute("created", 20, "dp", name, 600, "needs_response"),
                        dispute("funds_withdrawn", 21, "dp", name, 600, "under_review", """
                                {"id":"txn_%sd","object":"balance_transaction","amount":-600,"fee":1500,"currency":"eur",
                                 "created":1760000021}""".formatted(name))),
                this::reconcile);

        // Then
        assertThat(books)
                .contains(
                        "disputes: dp_#|lost|pi_#",
                        "standings: pi_#|600|200|8",
                        "journal_entries: dispute:dp_#:withdrawn:txn_#d|2100",
                        "journal_entries: dispute:dp_#:lost:txn_#d|600");
    }

    private void reconcile() {
        job.begin().await().atMost(LONG);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ledger.rows("select 1 from billing.disputes where status <> 'lost' union all"
                                + " select 1 from billing.stripe_lookups where outcome is null limit 1")
                        .isEmpty());
    }
}
