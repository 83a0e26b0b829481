package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyBack.chargeRefunded;
import static dev.quittance.billing.testing.MoneyBack.purchaseAnd;
import static dev.quittance.billing.testing.MoneyBack.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyIn;
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
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What no payload says is asked of Stripe, while events come in every order and doubled. Stripe does not answer the first time,
 * so most answers come when all events of their run are there.
 */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class LookedUpIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName("E8, E9: a session without lines, metadata and fee is looked up in every order")
    void whatASessionDoesNotSayIsLookedUp() throws SQLException {
        // When
        List<String> books = books("", (name, user) -> {
            List<Event> events = new ArrayList<>(Events.purchase(name, user, "\"metadata\":{}"));
            events.set(
                    4,
                    events.get(4)
                            .with(
                                    "{\"id\":\"txn_" + name + "\",\"fee\":69,\"currency\":\"eur\"}",
                                    "\"txn_" + name + "\""));
            return events;
        });

        // Then
        assertThat(books)
                .contains(
                        "journal_entries: charge:ch_#:gross|1500",
                        "journal_entries: fee:txn_#|43",
                        "journal_entries: grant:pi_#:points|300",
                        "settlements: pi_#|1500|300|0");
    }

    @Test
    @DisplayName("E9: the lines of an invoice beyond its payload are read in every order")
    void theOtherLinesOfAnInvoiceAreLookedUp() throws SQLException {
        // When
        List<String> books = books(
                "",
                (name, user) -> List.of(
                        MoneyIn.customer(name, user),
                        longInvoice("paid", name),
                        longInvoice("payment_succeeded", name)));

        // Then
        assertThat(books)
                .contains("settlements: in_long_#|3500|350|0")
                .filteredOn(row -> row.startsWith("journal_entries: grant:"))
                .containsExactly("journal_entries: grant:in_long_#:points|350");
    }

    @Test
    @DisplayName("F1, F4: refunds that are only known by their sum are read and booked in every order")
    void refundsThatAreOnlyKnownByTheirSumAreLookedUp() throws SQLException {
        // When
        List<String> books = books("(?:cumulative)?", (number, user) -> {
            String name = "cumulative" + number;
            return purchaseAnd(name, user, chargeRefunded(11, name, 300, ""), chargeRefunded(12, name, 750, ""));
        });

        // Then
        assertThat(books)
                .contains("standings: pi_#|750|250|10", "account: #|refunds:EUR|750")
                .filteredOn(row -> row.startsWith("journal_entries: refund:"))
                .containsExactly("journal_entries: refund:re_1_ch_#|300", "journal_entries: refund:re_2_ch_#|450");
    }

    @Test
    @DisplayName("F13: a small payment that is probably fraud is given back once in every order")
    void aSmallPaymentWithAWarningIsGivenBack() throws SQLException {
        // When
        List<String> books = books("(?:small_)?", (number, user) -> {
            String name = "small_" + number;
            return purchaseAnd(name, user, warning("created", 11, name, true), warning("updated", 12, name, true));
        });

        // Then
        assertThat(books)
                .contains("refunds: re_#|succeeded|pi_#", "standings: pi_#|900|300|12")
                .filteredOn(row -> row.startsWith("journal_entries: refund:"))
                .containsExactly("journal_entries: refund:re_#|900");
    }

    private static Event longInvoice(String type, String name) {
        return MoneyIn.invoice(type, "in_long", name, "subscription_cycle", 3500, 3500, "")
                .with("\"has_more\":false", "\"has_more\":true");
    }

    private List<String> books(String alike, Case.Sequence sequence) throws SQLException {
        Case cases = new Case(
                ledger,
                alike,
                events -> inbox.process(Events.poll(events)).await().atMost(LONG));
        return cases.books(
                sequence,
                () -> Awaitility.await()
                        .atMost(LONG)
                        .until(() -> ledger.rows("select 1 from billing.stripe_lookups where outcome is null limit 1")
                                .isEmpty()));
    }
}
