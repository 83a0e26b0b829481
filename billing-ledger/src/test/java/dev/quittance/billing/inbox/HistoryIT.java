package dev.quittance.billing.inbox;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.invoice;
import static dev.quittance.billing.testing.MoneyIn.line;
import static dev.quittance.billing.testing.MoneyIn.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeSnapshot;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Stripe's lists tell of before us is known, and makes no difference to the books, whatever happens to it afterwards. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class HistoryIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final UUID USER = UUID.fromString("44444444-4444-4444-8444-777000000000");
    private static final String PAID =
            "\"amount_captured\":1500,\"amount_refunded\":0,\"paid\":true,\"captured\":true,\"status\":\"succeeded\"";
    private static final String BACK =
            "\"amount_captured\":1500,\"amount_refunded\":500,\"paid\":true,\"captured\":true,\"status\":\"succeeded\"";
    private static final String REFUNDS = """
            ,"refunds":{"object":"list","has_more":false,"data":[{"id":"re_%s","object":"refund","amount":500,"currency":"eur",
              "status":"succeeded","charge":"ch_%1$s","payment_intent":"pi_%1$s","created":1760000009}]}""";
    // What is told leaves the outbox, and the sequence remembers it.
    private static final String TOLD = "select last_value, is_called from billing.outbox_id_seq";
    private static final String SAID = "\"data\":{\"object\":";

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;
    private Case cases;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
        cases = new Case(ledger, this::take);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void historyIsKnownAndHasNoEffect() throws SQLException {
        // Given
        ledger.addUser(USER);
        List<String> told = ledger.rows(TOLD);

        // When
        take(List.of(
                customer("old", USER),
                listed(product()),
                listed(price()),
                listed(invoice(
                        "paid", "in", "old", "subscription_create", 1500, 1500, "", line("a", "old", 1500, false))),
                listed(charge("succeeded", 1, "old", PAID)),
                listed(charge("refunded", 2, "given", BACK + REFUNDS.formatted("given")))));

        // Then
        assertThat(ledger.rows("select invoice_id, status, amount_paid_minor from billing.invoices"))
                .containsExactly("in_old|paid|1500");
        assertThat(ledger.rows("select charge_id, status, amount_refunded_minor from billing.charges order by 1"))
                .containsExactly("ch_given|succeeded|500", "ch_old|succeeded|0");
        assertThat(ledger.rows("select product_id, name from billing.products")).containsExactly("prod_old|Old");
        assertThat(ledger.rows("select price_id, unit_amount_minor from billing.prices"))
                .containsExactly("price_old|500");
        for (String table :
                List.of("journal_entries", "settlements", "refunds", "invoice_payments", "stripe_lookups", "parked")) {
            assertThat(ledger.rows("select count(*) from billing." + table))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(ledger.rows(TOLD)).isEqualTo(told);
    }

    @Test
    void aPurchaseIsBookedAsIfItsHistoryHadNotBeenTold() throws SQLException {
        // Given
        Case.Sequence live = (name, user) -> List.of(
                Events.identity("cs_" + name, user, "4000000000000002"),
                charge("succeeded", 1, name, PAID),
                session("completed", 2, name, "complete", "paid", ""));
        List<String> expected = cases.books(live);
        ledger.empty();

        // When
        List<String> books = cases.books((name, user) -> Stream.concat(
                        live.apply(name, user).stream(), Stream.of(listed(charge("succeeded", 1, name, PAID))))
                .toList());

        // Then
        assertThat(books).isEqualTo(expected).anyMatch(row -> row.contains("grant:"));
    }

    @Test
    void whatHappensToAnOldPaymentIsBookedAsIfItsHistoryHadNotBeenTold() throws SQLException {
        // Given
        Case.Sequence live = (name, user) -> List.of(
                charge("refunded", 20, name, BACK + REFUNDS.formatted(name)),
                invoice("paid", "in", name, "subscription_cycle", 1000, 1000, "", line("a", name, 1000, false)),
                customer(name, user));
        List<String> expected = cases.books(live);
        ledger.empty();

        // When
        List<String> books = cases.books((name, user) -> Stream.concat(
                        live.apply(name, user).stream(),
                        Stream.of(
                                listed(charge("succeeded", 1, name, PAID)),
                                listed(invoice(
                                        "paid",
                                        "in",
                                        name,
                                        "subscription_cycle",
                                        1000,
                                        1000,
                                        "",
                                        line("a", name, 1000, false)))))
                .toList());

        // Then
        assertThat(books).isEqualTo(expected).anyMatch(row -> row.contains("ch_#"));
        assertThat(
                        ledger.rows(
                                "select distinct amount_refunded_minor, version_event like 'evt_snapshot%' from billing.charges"))
                .as("what is live stands")
                .containsExactly("500|f");
    }

    private static Event product() {
        return Events.stripe("evt_p", "product.updated", 1, """
                {"id":"prod_old","object":"product","name":"Old","active":true,"metadata":{"points":"9"},"created":1750000000}""");
    }

    private static Event price() {
        return Events.stripe("evt_pr", "price.updated", 1, """
                {"id":"price_old","object":"price","product":"prod_old","currency":"eur","unit_amount":500,"active":true,
                 "metadata":{},"created":1750000000}""");
    }

    /** What an event says, as a list says it. */
    private static Event listed(Event told) {
        String body = new String(told.body(), UTF_8).strip();
        String object = body.substring(body.indexOf(SAID) + SAID.length(), body.length() - 2);
        byte[] snapshot = StripeSnapshot.of(object.getBytes(UTF_8), "").orElseThrow(() -> new AssertionError(object));
        if (StripeEvent.read(snapshot) instanceof StripeEvent.Reading.Read(StripeEvent event)) {
            return new Event(told.topic(), event.id(), event.type(), told.key(), snapshot);
        }
        throw new AssertionError(object);
    }

    private void take(List<Event> events) {
        inbox.process(Events.poll(events)).await().atMost(LONG);
    }
}
