package dev.quittance.billing.overpayment;

import static dev.quittance.billing.testing.MoneyIn.customer;
import static dev.quittance.billing.testing.MoneyIn.invoice;
import static dev.quittance.billing.testing.MoneyIn.line;
import static dev.quittance.billing.testing.MoneyIn.paymentOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.refunding.OwedRefundStore;
import dev.quittance.billing.testing.Case;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.BatchHandler;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is paid twice goes back by itself where that is the policy, decided between any two polls, in every order and doubled. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class OverpaymentIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ASKED = """
            select regexp_replace(payment_intent_id, '_7770[0-9]{8}', ''), sum(amount_minor), count(distinct payment_intent_id)
            from billing.refund_requests group by 1 order by 1
            """;
    private static final String UNANSWERED = "select 1 from billing.refund_requests where state = 'asked'";
    private static final String MADE_OF_B =
            "select payment_intent_id from billing.refund_requests where payment_intent_id like 'pi_b_%'";

    @Inject
    Inboxes inboxes;

    @Inject
    BatchHandler<BillingFact> handler;

    @Inject
    Pool pool;

    @Inject
    OverpaymentStore store;

    @Inject
    OwedRefundStore refunds;

    @Inject
    OverpaymentJob byDefault;

    @Inject
    MeterRegistry metrics;

    private Ledger ledger;
    private Case cases;
    private OverpaymentJob job;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        job = new OverpaymentJob(pool, store, refunds, new EagerConfig(OverpaymentConfig.Policy.REFUND), metrics);
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        cases = new Case(ledger, events -> {
            inbox.process(Events.poll(events)).await().atMost(LONG);
            look(job);
        });
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName(
            "E14: the second payment of an invoice is refunded where that is the policy, once, and the first stays")
    void theSecondPaymentGoesBack() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> List.of(
                        paid(name),
                        paymentOf("a", name, 1000, 1000),
                        paymentOf("b", name, 1000, 1000),
                        customer(name, user)),
                () -> look(job));

        // Then: the books wait for Stripe's word, and Stripe was asked once for each
        assertThat(books).contains("overpayments: in_#|1000|0", "account: #|suspense:EUR|-1000");
        assertThat(ledger.rows(ASKED)).containsExactly("pi_b|24000|24");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(UNANSWERED)).isEmpty());
        for (String payment : ledger.rows(MADE_OF_B)) {
            assertThat(StripeDouble.refunds(payment)).singleElement().asString().contains("amount=1000");
        }
    }

    @Test
    @DisplayName("E14: what our refund did is booked by its event, and nothing is left to give back")
    void theRefundsEventEndsIt() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> List.of(
                        paid(name),
                        paymentOf("a", name, 1000, 1000),
                        paymentOf("b", name, 1000, 1000),
                        refundOf(name),
                        customer(name, user)),
                () -> look(job));

        // Then
        assertThat(books)
                .contains("overpayments: in_#|1000|1000", "account: #|revenue:EUR|-1000")
                .noneMatch(row -> row.contains("suspense"));
        assertThat(ledger.rows("select distinct amount_minor from billing.refund_requests"))
                .allMatch("1000"::equals);
        assertThat(ledger.rows("select 1 from billing.refund_requests where payment_intent_id not like 'pi_b_%'"))
                .isEmpty();
    }

    @Test
    @DisplayName("E14: of three payments what is too much goes back, the latest first")
    void ofThreePaymentsTheFirstStays() throws SQLException {
        // When
        List<String> books = cases.books(
                (name, user) -> List.of(
                        paid(name),
                        paymentOf("a", name, 700, 700),
                        paymentOf("d", name, 1000, 1000),
                        paymentOf("e", name, 400, 400),
                        customer(name, user)),
                () -> look(job));

        // Then
        assertThat(books).contains("overpayments: in_#|1100|0");
        assertThat(ledger.rows(ASKED)).containsExactly("pi_d|84000|120", "pi_e|48000|120");
    }

    @Test
    @DisplayName("E14: unless the policy says so nothing is given back, and it waits for an operator")
    void byDefaultItWaits() throws SQLException {
        // Given
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        Case held = new Case(
                ledger, events -> inbox.process(Events.poll(events)).await().atMost(LONG));

        // When
        List<String> books = held.books(
                (name, user) -> List.of(
                        paid(name),
                        paymentOf("a", name, 1000, 1000),
                        paymentOf("b", name, 1000, 1000),
                        customer(name, user)),
                () -> look(byDefault));

        // Then
        assertThat(books).contains("overpayments: in_#|1000|0");
        assertThat(ledger.rows(ASKED)).isEmpty();
    }

    @Test
    void whatStripeRefusesIsLeftToAnOperator() throws SQLException {
        // Given
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        ledger.addUsers(List.of(UUID.fromString("44444444-4444-4444-8444-777000000001")));
        inbox.process(Events.poll(List.of(
                        paid("disputed"),
                        paymentOf("a", "disputed", 1000, 1000),
                        paymentOf("b", "disputed", 1000, 1000),
                        customer("disputed", UUID.fromString("44444444-4444-4444-8444-777000000001")))))
                .await()
                .atMost(LONG);

        // When
        look(job);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows(UNANSWERED)).isEmpty());
        look(job);

        // Then
        assertThat(ledger.rows("select payment_intent_id, state, refused_code from billing.refund_requests"))
                .containsExactly("pi_b_disputed|refused|charge_disputed");
    }

    private static void look(OverpaymentJob job) {
        job.everySoOften().await().atMost(LONG);
    }

    private static Event paid(String name) {
        return invoice(
                "paid",
                "in",
                name,
                "subscription_cycle",
                1000,
                1000,
                "\"amount_due\":1000",
                line("a", name, 1000, false));
    }

    private static Event refundOf(String name) {
        return Events.stripe("evt_re_" + name, "refund.updated", 9, """
                {"id":"re_%1$s","object":"refund","amount":1000,"currency":"eur","status":"succeeded",
                 "charge":"ch_b_%1$s","payment_intent":"pi_b_%1$s","created":1760000010}""".formatted(name));
    }
}
