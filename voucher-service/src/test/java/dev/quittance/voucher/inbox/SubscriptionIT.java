package dev.quittance.voucher.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.voucher.scene.Database;
import dev.quittance.voucher.scene.Deliveries;
import dev.quittance.voucher.scene.Deliveries.Sent;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.Purchases;
import dev.quittance.voucher.scene.Reversals;
import dev.quittance.voucher.scene.Secrets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription's periods give, and what its end takes. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class SubscriptionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant PERIOD_END = Instant.parse("2026-12-20T12:00:00Z");
    private static final VoucherTerm MONTH = VoucherTerm.ofMonths(1);
    private static final String STATE = """
            select concat_ws(' ', unit, status, revoked_from, is_used,
                exists (select from voucher.payment_holds h where h.anchor = v.anchor and not h.released))
            from voucher.vouchers v where v.anchor = ? or v.paid_anchor = ? order by anchor, unit
            """;

    private static final String REFERRED = """
            select stored_subscription_id from voucher.vouchers
            where subscription_id = ? and stored_subscription_id is not null
            """;

    private final Database database = Database.ofTheService();

    @Inject
    Inboxes inboxes;

    @Inject
    VoucherEventsHandler handler;

    private Inbox<VoucherFact> inbox;

    @BeforeEach
    void open() {
        inbox = inboxes.inbox(handler);
    }

    @Test
    void aPeriodGivesItsVouchersOnceWhoeverTellsOfItAndInEveryOrder() {
        // Given
        Random random = new Random(11);
        Database.Holder buyer = database.holder();
        List<List<Sent>> orders = new ArrayList<>();
        List<String> invoices = new ArrayList<>();
        for (List<Integer> order : Deliveries.permutations(List.of(0, 1, 2, 3, 4))) {
            String subscription = "sub_" + UUID.randomUUID();
            PaymentSettled invoice = invoice(buyer, subscription);
            invoices.add(invoice.anchor());
            List<Sent> news = List.of(
                    Sent.of(subscription(buyer, subscription, "active", PERIOD_END, 1)),
                    Sent.of(invoice),
                    Sent.of(subscription(buyer, subscription, "past_due", PERIOD_END, 2)),
                    Sent.of(Reversals.reversed(invoice, 450, 1)),
                    Sent.of(subscription(buyer, subscription, "active", PERIOD_END, 3)));
            orders.add(Deliveries.doubled(order.stream().map(news::get).toList(), random));
        }

        // When
        Deliveries.polls(orders, random).forEach(this::process);

        // Then
        for (String anchor : invoices) {
            assertThat(database.column(STATE, anchor, anchor)).containsExactly("1 active f f", "2 void active f f");
        }
    }

    @Test
    void aVoucherRefersToItsSubscriptionOnceThatIsStoredInEveryOrder() {
        // Given
        Random random = new Random(12);
        Database.Holder buyer = database.holder();
        List<String> subscriptions = new ArrayList<>();
        for (List<Integer> order : Deliveries.permutations(List.of(0, 1, 2, 3))) {
            String subscription = "sub_" + UUID.randomUUID();
            subscriptions.add(subscription);
            PaymentSettled invoice = invoice(buyer, subscription);
            List<Sent> news = List.of(
                    Sent.of(invoice),
                    Sent.of(subscription(buyer, subscription, "incomplete", PERIOD_END, 1)),
                    Sent.of(subscription(buyer, subscription, "active", PERIOD_END, 2)),
                    Sent.of(Reversals.reversed(invoice, 450, 1)));

            // When: provisioning stores before it tells, and the invoice may be told of before either
            boolean isStored = false;
            for (Sent event : Deliveries.doubled(order.stream().map(news::get).toList(), random)) {
                if (!isStored && event.event() instanceof SubscriptionChanged) {
                    assertThat(database.column(REFERRED, subscription)).isEmpty();
                    store(buyer, subscription);
                    isStored = true;
                }
                process(List.of(event));
            }
        }

        // Then
        for (String subscription : subscriptions) {
            assertThat(database.column(REFERRED, subscription)).containsExactly(subscription, subscription);
        }
        database.execute("delete from provisioning.subscriptions where id = ?", subscriptions.getFirst());
        assertThat(database.column(REFERRED, subscriptions.getFirst())).isEmpty();
        assertThat(statuses(subscriptions.getFirst())).hasSize(2);
    }

    @Test
    void aNewPeriodGivesNewVouchersAndTheEndTakesTheUnredeemed() {
        // Given
        Database.Holder buyer = database.holder();
        String subscription = "sub_" + UUID.randomUUID();
        Instant next = PERIOD_END.plus(Duration.ofDays(31));
        process(List.of(Sent.of(subscription(buyer, subscription, "trialing", PERIOD_END.minusSeconds(9), 1))));
        List<String> onTrial = Frontend.vouchers(buyer.userId());
        process(List.of(Sent.of(subscription(buyer, subscription, "active", PERIOD_END, 2))));
        Frontend.redeem(
                buyer.userId(), reveal(buyer, Frontend.vouchers(buyer.userId()).getFirst()));

        // When
        process(List.of(Sent.of(subscription(buyer, subscription, "active", next, 3))));
        List<String> renewed = statuses(subscription);
        process(List.of(Sent.of(subscription(buyer, subscription, "canceled", next, 4))));
        List<String> ended = statuses(subscription);
        process(List.of(Sent.of(subscription(buyer, subscription, "active", next, 5))));

        // Then
        assertThat(onTrial).isEmpty();
        assertThat(renewed).containsExactlyInAnyOrder("redeemed", "active", "active", "active");
        assertThat(ended).containsExactlyInAnyOrder("redeemed", "void", "void", "void");
        assertThat(statuses(subscription)).containsExactlyInAnyOrder("redeemed", "active", "active", "active");
    }

    private void store(Database.Holder buyer, String subscription) {
        database.execute(
                "insert into provisioning.subscriptions (stripe_account, id, user_id, stripe_customer_id, status,"
                        + " head_event_id) values ('', ?, ?, 'cus_1', 'active', 'evt_1')",
                subscription,
                buyer.userId());
    }

    private List<String> statuses(String subscription) {
        return database.column("select status from voucher.vouchers where subscription_id = ?", subscription);
    }

    private static SubscriptionChanged subscription(
            Database.Holder buyer, String id, String status, @Nullable Instant periodEnd, long revision) {
        return new SubscriptionChanged(
                buyer.userId(),
                buyer.accountNumber(),
                "",
                id,
                revision == 1 ? null : "active",
                status,
                periodEnd,
                List.of(MONTH, MONTH),
                revision,
                NOW);
    }

    private static PaymentSettled invoice(Database.Holder buyer, String subscription) {
        PaymentSettled purchase = Purchases.settled(buyer, MONTH, MONTH);
        return new PaymentSettled(
                "in_" + UUID.randomUUID(),
                purchase.userId(),
                purchase.accountNumber(),
                "",
                null,
                null,
                purchase.amount(),
                purchase.vouchers(),
                NOW,
                subscription,
                PERIOD_END);
    }

    private static String reveal(Database.Holder buyer, String voucher) {
        return Frontend.reveal(buyer.userId(), voucher)
                .statusCode(200)
                .extract()
                .path("code");
    }

    private void process(List<Sent> events) {
        inbox.process(Deliveries.poll(events)).await().atMost(PATIENCE);
    }
}
