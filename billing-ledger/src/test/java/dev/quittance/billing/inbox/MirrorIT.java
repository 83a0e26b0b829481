package dev.quittance.billing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyIn;
import dev.quittance.billing.testing.Orders;
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
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mirrors end in the same row whatever the order, also within one second; what ended does not come back. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class MirrorIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        inbox = inboxes.inbox(handler);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aDetachedMethodStaysDetachedAndItsCustomers() throws SQLException {
        String method = """
                {"id":"pm_1","object":"payment_method","type":"card","customer":%s,"created":1760000000,
                 "card":{"brand":"visa","last4":"4242","exp_month":%d,"exp_year":2031,"fingerprint":"f"}}""";
        endsAs(
                "select customer_id, last_four, detached from billing.payment_methods",
                "cus_1|4242|t",
                Events.stripe("evt_pm1", "payment_method.attached", 1, method.formatted("\"cus_1\"", 1)),
                Events.stripe("evt_pm2", "payment_method.detached", 1, method.formatted("null", 1)),
                Events.stripe("evt_pm3", "payment_method.updated", 1, method.formatted("\"cus_1\"", 2)));
    }

    @Test
    void aDeletedCustomersMethodsAreNobodys() throws SQLException {
        String method = """
                {"id":"pm_2","object":"payment_method","type":"card","customer":"cus_2","created":1760000000,
                 "card":{"brand":"visa","last4":"4242","exp_month":%d,"exp_year":2031,"fingerprint":"f"}}""";
        endsAs(
                "select customer_id, expires_month, detached from billing.payment_methods",
                "cus_2|3|t",
                Events.stripe("evt_pm1", "payment_method.attached", 1, method.formatted(1)),
                Events.stripe(
                        "evt_cd1",
                        "customer.deleted",
                        2,
                        "{\"id\":\"cus_2\",\"object\":\"customer\",\"deleted\":true}"),
                Events.stripe("evt_pm2", "payment_method.automatically_updated", 3, method.formatted(3)));
    }

    @Test
    void aUserSeesTheirOwnPaymentMethods() throws SQLException {
        // Given
        UUID user = UUID.fromString("44444444-4444-4444-8444-777000000000");
        ledger.empty();
        ledger.addUser(user);
        inbox.process(Events.poll(List.of(
                        Events.stripe("evt_pm1", "payment_method.attached", 1, """
                                {"id":"pm_3","object":"payment_method","type":"card","customer":"cus_777","created":1760000000,
                                 "card":{"brand":"visa","last4":"4242","exp_month":2,"exp_year":2031}}"""), MoneyIn.customer("777", user))))
                .await()
                .atMost(LONG);

        // Then
        String select =
                "select stripe_payment_method_id, type, last_four, exp_month, exp_year from public.payment_methods";
        assertThat(ledger.rowsOf(user, select)).containsExactly("pm_3|card|4242|2|2031");
        assertThat(ledger.rowsOf(UUID.randomUUID(), select)).isEmpty();
    }

    @Test
    void aSetupThatSucceededStays() throws SQLException {
        String intent = """
                {"id":"seti_1","object":"setup_intent","status":"%s","customer":"cus_1","payment_method":%s,
                 "created":1760000000}""";
        endsAs(
                "select status, payment_method_id from billing.setup_intents",
                "succeeded|pm_1",
                Events.stripe(
                        "evt_si1", "setup_intent.created", 1, intent.formatted("requires_payment_method", "null")),
                Events.stripe(
                        "evt_si2", "setup_intent.requires_action", 2, intent.formatted("requires_action", "null")),
                Events.stripe("evt_si3", "setup_intent.succeeded", 1, intent.formatted("succeeded", "\"pm_1\"")));
    }

    @Test
    void aPayoutThatFailedIsBookedBack() throws SQLException {
        String payout = """
                {"id":"po_1","object":"payout","status":"%s","amount":900,"currency":"eur","created":1760000000,
                 "arrival_date":1760000000,"automatic":true}""";
        endsAs(
                "select status, (select count(*) from billing.journal_entries where business_key in"
                        + " ('payout:po_1', 'payout_reversal:po_1')),"
                        + " (select sum(debits - credits) from billing.balances join billing.ledger_accounts using (account_id)"
                        + " where name = 'bank:EUR') from billing.payouts",
                "failed|2|0",
                Events.stripe("evt_po1", "payout.created", 1, payout.formatted("in_transit")),
                Events.stripe("evt_po2", "payout.paid", 2, payout.formatted("paid")),
                Events.stripe("evt_po3", "payout.failed", 3, payout.formatted("failed")));
    }

    private void endsAs(String select, String row, Event... events) throws SQLException {
        Random random = new Random(7);
        for (List<Event> order : Orders.of(List.of(events), 1000, random)) {
            ledger.empty();
            for (Event event : Orders.doubled(order, random)) {
                inbox.process(Events.poll(List.of(event))).await().atMost(LONG);
            }
            assertThat(ledger.rows(select))
                    .as("%s", order.stream().map(Event::id).toList())
                    .containsExactly(row);
        }
    }
}
