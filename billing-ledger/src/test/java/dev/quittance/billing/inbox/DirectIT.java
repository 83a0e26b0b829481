package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.intentSucceeded;
import static dev.quittance.billing.testing.MoneyIn.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.lookup.LookupJob;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Payments that say themselves what they are for, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class DirectIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String POINTS = "account: #|user:44444444-4444-4444-8444-#:points|";
    private static final String PAID =
            "\"amount_captured\":1500,\"amount_refunded\":0,\"paid\":true,\"captured\":true,\"status\":\"succeeded\"";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    @Inject
    LookupJob lookups;

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
    @DisplayName("E8: a payment without session and invoice grants what its own metadata says, once")
    void aPaymentOfItsOwnIsGrantedOnce() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> List.of(
                        offering(1, name),
                        offering(2, name),
                        charge("succeeded", 1, name, PAID),
                        customer(name, user),
                        MoneyBack.refund("refund.created", 11, "re_1", name, 300, "succeeded")),
                this::answered);

        // Then
        assertThat(books)
                .contains("settlements: pi_#|1500|250|0", POINTS + "-200", "standings: pi_#|300|50|0")
                .filteredOn(row -> row.contains("grant:"))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "E8: a payment with metadata whose session comes before, between or later grants once, as its session says")
    void aSessionsPaymentIsGrantedByItsSession() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> List.of(
                        offering(1, "owned" + name),
                        session("completed", 2, "owned" + name, "complete", "paid", ""),
                        charge("succeeded", 1, "owned" + name, PAID),
                        customer(name, user),
                        Events.identity("cs_owned" + name, user, "4000000000000002")),
                this::answered);

        // Then
        assertThat(books)
                .contains("settlements: pi_owned#|1500|500|20", POINTS + "-500")
                .noneMatch(row -> row.startsWith("parked"))
                .filteredOn(row -> row.contains("grant:"))
                .hasSize(2);
    }

    @Test
    void aPaymentOfNobodyIsHeldForAnOperator() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, _) -> List.of(offering(1, name).with("\"cus_" + name + "\"", "null")), this::answered);

        // Then
        assertThat(books).containsExactly("parked: evt_pi1_#|operator:pi_#|BUYER_UNKNOWN");
    }

    private void answered() {
        lookups.wake();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ledger.rows("select 1 from billing.stripe_lookups where outcome is null limit 1")
                        .isEmpty());
    }

    private static Event offering(int second, String name) {
        String number = name.replace("owned", "");
        return intentSucceeded(second, name)
                .with("\"cus_1\"", "\"cus_" + number + "\",\"metadata\":{\"points\":\"250\"}");
    }
}
