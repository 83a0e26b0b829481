package dev.quittance.billing.buying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.MoneyIn;
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
import org.junit.jupiter.api.Test;

/** A subscription's order is paid by an invoice, and what befalls that befalls the order. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class SubscriptionOrderIT {
    private static final Duration LONG = Duration.ofSeconds(60);

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
    void aRefundOfItsInvoiceReachesTheOrder() throws SQLException {
        assertThat(endsAfter(1000)).containsExactly("refunded");
        ledger.empty();
        assertThat(endsAfter(400)).containsExactly("partially_refunded");
    }

    @Test
    void aCreditNoteOnItsInvoiceReachesTheOrder() throws SQLException {
        assertThat(ends((name, user) -> MoneyIn.creditNote("created", 9, name, 1000, "issued")))
                .containsExactly("refunded");
    }

    private List<String> endsAfter(long refunded) throws SQLException {
        return ends((name, user) -> MoneyBack.refund("refund.created", 11, "re_1", name, refunded, "succeeded"));
    }

    /** One event of what befell it, made for a run. */
    private interface Back {
        Event of(String name, UUID user);
    }

    private List<String> ends(Back back) throws SQLException {
        cases.books((name, user) -> {
            ShopOrders.subscribe(ledger, name, user);
            return List.of(
                    ShopOrders.of(subscribed(name), ShopOrders.order(name)),
                    MoneyIn.invoice(
                            "paid",
                            "in",
                            name,
                            "subscription_create",
                            1000,
                            1000,
                            "",
                            MoneyIn.line("a", name, 1000, false)),
                    MoneyIn.invoicePayment(name),
                    back.of(name, user),
                    MoneyIn.customer(name, user));
        });
        return ledger.rows("select distinct status from billing.orders");
    }

    private static Event subscribed(String name) {
        return MoneyIn.session("completed", 2, name, "complete", "paid", "\"invoice\":\"in_" + name + "\"")
                .with("\"mode\":\"payment\"", "\"mode\":\"subscription\"")
                .with("\"payment_intent\":\"pi_" + name + "\"", "\"payment_intent\":null")
                .with("\"amount_total\":1500", "\"amount_total\":1000");
    }
}
