package dev.quittance.billing.buying;

import static dev.quittance.billing.testing.MoneyIn.charge;
import static dev.quittance.billing.testing.MoneyIn.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.Shop;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fifty people want the last one, and pay with money: it is sold once, and nobody's money is lost. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class LastPieceIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BUYERS = 50;
    private static final int POLLERS = 10;
    private static final String PAID =
            "\"status\":\"succeeded\",\"paid\":true,\"captured\":true,\"amount_captured\":1500,\"amount_refunded\":0";
    private static final String STOCK = "select available, reserved, sold from billing.product_inventory";
    private static final String ORDERS = "select status, count(*) from billing.orders group by 1 order by 1";
    private static final String HELD = """
            select a.name, sum(case l.direction when 'debit' then l.amount else -l.amount end)
            from billing.entry_lines l join billing.ledger_accounts a using (account_id)
            where a.name in ('revenue:EUR', 'refunds:EUR', 'suspense:EUR') group by 1 order by 1
            """;

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;
    private Inbox<BillingFact> inbox;
    private UUID product;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        inbox = inboxes.inbox(handler);
        product = Shop.stocked("digital", 1, "");
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void ofFiftyAtTheCheckoutOneGetsThePage() throws Exception {
        // Given
        List<Callable<Integer>> buyers = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            UUID buyer = UUID.randomUUID();
            ledger.addUser(buyer);
            buyers.add(() -> Shop.user(
                            buyer,
                            "POST",
                            "/api/checkout",
                            "k",
                            "{\"payment_method\":\"stripe\"," + Shop.items(product, 1) + "}")
                    .extract()
                    .statusCode());
        }

        // When
        List<Integer> answers = together(buyers, BUYERS);

        // Then
        assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
        assertThat(ledger.rows(STOCK)).containsExactly("0|1|0");
        assertThat(ledger.rows(ORDERS)).containsExactly("pending|1");
    }

    @Test
    @DisplayName(
            "H1: fifty pay at once for the last piece, which each had until its page expired: one has it, the others their money")
    void ofFiftyWhoPayLateOneIsServedAndTheOthersArePaidBack() throws Exception {
        // Given
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            events.addAll(paidLate("7770%08d".formatted(i)));
        }
        Collections.shuffle(events, new Random(BUYERS));

        // When
        int each = events.size() / POLLERS;
        together(
                IntStream.range(0, POLLERS)
                        .mapToObj(poller -> (Callable<Integer>) () -> {
                            List<Event> some = events.subList(poller * each, (poller + 1) * each);
                            inbox.process(Events.poll(some)).await().atMost(LONG);
                            return some.size();
                        })
                        .toList(),
                POLLERS);

        // Then
        assertThat(ledger.rows(STOCK)).containsExactly("0|0|1");
        assertThat(ledger.rows(ORDERS)).containsExactly("completed|1", "processing|" + (BUYERS - 1));
        List<String> owed = ledger.rows(
                "select substring(payment_intent_id from 4) from billing.refund_requests where amount_minor = 1500");
        assertThat(owed).hasSize(BUYERS - 1).doesNotHaveDuplicates();

        // When
        inbox.process(Events.poll(owed.stream()
                        .map(name -> MoneyBack.refund("refund.created", 11, "re_1", name, 1500, "succeeded"))
                        .toList()))
                .await()
                .atMost(LONG);

        // Then
        assertThat(ledger.rows(STOCK)).containsExactly("0|0|1");
        assertThat(ledger.rows(ORDERS)).containsExactly("completed|1", "refunded|" + (BUYERS - 1));
        assertThat(ledger.rows(HELD))
                .containsExactly("refunds:EUR|" + (BUYERS - 1) * 1500, "revenue:EUR|-" + BUYERS * 1500);
    }

    /** An order that had the piece and gave it back, and everything that is told of its payment. */
    private List<Event> paidLate(String name) throws SQLException {
        UUID order = ShopOrders.order(name);
        UUID user = UUID.fromString("44444444-4444-4444-8444-" + name);
        ledger.addUser(user);
        ledger.run("""
                insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, idempotency_key,
                  fingerprint, stripe_key, expires_at)
                values ('%1$s', '%2$s', 'cart', 'stripe', 1500, 'EUR', '%1$s', 'f', '%1$s', now());
                insert into billing.order_items (order_id, line, type, product_id, reference, name, quantity, unit_price_minor)
                values ('%1$s', 0, 'digital', '%3$s', 'x', 'Print', 1, 1500);
                insert into billing.inventory_reservations (order_id, line, product_id, quantity, state)
                values ('%1$s', 0, '%3$s', 1, 'released');
                update billing.orders set status = 'cancelled', revision = 2 where order_id = '%1$s'""".formatted(order, user, product));
        return List.of(
                ShopOrders.of(session("completed", 9, name, "complete", "paid", ""), order),
                charge("succeeded", 8, name, PAID),
                Events.identity("cs_" + name, user, "4000000000000002"));
    }

    private static List<Integer> together(List<Callable<Integer>> calls, int threads) throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
