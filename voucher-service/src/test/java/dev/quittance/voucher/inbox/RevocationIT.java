package dev.quittance.voucher.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import dev.quittance.voucher.scene.Broker;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of vouchers whose money goes back, comes again or is in doubt, in every order of the news. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(Secrets.class)
class RevocationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final VoucherTerm MONTH = VoucherTerm.ofMonths(1);
    private static final String STATE = """
            select concat_ws(' ', unit, status, revoked_from, is_used,
                exists (select from voucher.payment_holds h where h.anchor = v.anchor and not h.released))
            from voucher.vouchers v where v.anchor = ? or v.paid_anchor = ? order by anchor, unit
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
    @DisplayName("G4, G5: refunds, won disputes and holds end alike in every order, each told twice")
    void everyOrderOfTheNewsEndsAlike() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Database.Holder buyer = database.holder();
        List<String> anchors = new ArrayList<>();
        List<List<Sent>> orders = new ArrayList<>();
        for (List<Integer> order : Deliveries.permutations(List.of(0, 1, 2, 3, 4, 5))) {
            PaymentSettled purchase = Purchases.settled(buyer, MONTH, MONTH, MONTH);
            List<Sent> news = List.of(
                    Sent.of(purchase),
                    Sent.of(Reversals.reversed(purchase, 300, 1)),
                    Sent.of(Reversals.undone(purchase, 0, 2)),
                    Sent.of(Reversals.reversed(purchase, 600, 3)),
                    Sent.of(Reversals.held(purchase, "dp_1")),
                    Sent.of(Reversals.released(purchase, "dp_1")));
            anchors.add(purchase.anchor());
            orders.add(Deliveries.doubled(order.stream().map(news::get).toList(), random));
        }

        // When
        Deliveries.polls(orders, random).forEach(this::process);

        // Then
        for (String anchor : anchors) {
            assertThat(database.column(STATE, anchor, anchor))
                    .as("seed %d", seed)
                    .containsExactly("1 active f f", "2 void active f f", "3 void active f f");
        }
        assertThat(database.count("select count(*) from voucher.parked")).isZero();
    }

    @Test
    @DisplayName(
            "G4: a redeemed voucher of a refunded purchase is reversed, of a restored one redeemed again, in every order")
    void whatIsRedeemedIsTakenBackAndGivenBack() {
        // Given
        Random random = new Random(7);
        Database.Holder buyer = database.holder();
        List<PaymentSettled> purchases = new ArrayList<>();
        List<List<Sent>> orders = new ArrayList<>();
        for (List<Integer> order : Deliveries.permutations(List.of(0, 1, 2))) {
            PaymentSettled purchase = Purchases.settled(buyer, MONTH);
            process(List.of(Sent.of(purchase)));
            redeem(buyer, purchase);
            List<Sent> news = List.of(
                    Sent.of(Reversals.reversed(purchase, 900, 1)),
                    Sent.of(Reversals.undone(purchase, 0, 2)),
                    Sent.of(Reversals.reversed(purchase, 900, 3)));
            purchases.add(purchase);
            orders.add(Deliveries.doubled(order.stream().map(news::get).toList(), random));
        }

        // When
        Deliveries.polls(orders, random).forEach(this::process);
        List<List<String>> reversed = purchases.stream().map(this::state).toList();
        process(purchases.stream()
                .map(purchase -> Sent.of(Reversals.undone(purchase, 0, 4)))
                .toList());

        // Then
        assertThat(reversed).allSatisfy(state -> assertThat(state).containsExactly("1 reversed redeemed t f"));
        assertThat(purchases).allSatisfy(purchase -> assertThat(state(purchase)).containsExactly("1 redeemed t f"));
    }

    @Test
    @DisplayName("G4: provisioning is told of each taking and giving back, numbered")
    void theOthersAreTold() {
        // Given
        Database.Holder buyer = database.holder();
        PaymentSettled purchase = Purchases.settled(buyer, MONTH, MONTH);
        process(List.of(Sent.of(purchase)));
        String used = redeem(buyer, purchase);

        // When
        process(List.of(Sent.of(Reversals.reversed(purchase, 900, 1))));
        process(List.of(Sent.of(Reversals.undone(purchase, 450, 2))));

        // Then
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from voucher.outbox") == 0);
        try (Broker broker = new Broker()) {
            assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherRevoked.class))
                    .filteredOn(event -> event.accountNumber().equals(buyer.accountNumber()))
                    .extracting(event -> event.redeemed() + " " + event.cause() + " " + event.revision())
                    .containsExactlyInAnyOrder("true re_1 1", "false re_1 1");
            assertThat(broker.said(Topics.VOUCHER_EVENTS, VoucherRestored.class))
                    .filteredOn(event -> event.accountNumber().equals(buyer.accountNumber()))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.voucherId()).hasToString(used);
                        assertThat(event.redeemed()).isTrue();
                        assertThat(event.revision()).isEqualTo(2);
                    });
        }
        assertThat(database.column(
                        "select action from voucher.voucher_audit where voucher_id = ?::uuid order by id", used))
                .endsWith("redeemed", "revoked", "restored");
    }

    @Test
    @DisplayName("G4: what is in doubt cannot be redeemed until the doubt is gone, and only its owner is told why")
    void aHeldPurchaseIsFrozen() {
        // Given
        Database.Holder buyer = database.holder();
        Database.Holder friend = database.holder();
        PaymentSettled purchase = Purchases.settled(buyer, MONTH);
        process(List.of(Sent.of(Reversals.held(purchase, "dp_1")), Sent.of(purchase)));
        String code = reveal(buyer, Frontend.vouchers(buyer.userId()).getFirst());

        // When / Then
        Frontend.problem(Frontend.redeem(buyer.userId(), code), 409, "VOUCHER_FROZEN");
        Frontend.problem(Frontend.redeemFor(friend, code), 404, "VOUCHER_NOT_FOUND");
        process(List.of(Sent.of(Reversals.held(purchase, "dp_2"))));
        process(List.of(Sent.of(Reversals.released(purchase, "dp_1"))));
        Frontend.problem(Frontend.redeem(buyer.userId(), code), 409, "VOUCHER_FROZEN");
        process(List.of(Sent.of(Reversals.released(purchase, "dp_2"))));
        Frontend.redeemFor(friend, code).statusCode(200);
    }

    @Test
    @DisplayName("G3: a payment told again after the voucher was redeemed and reversed changes nothing")
    void aReplayedPaymentChangesNothing() {
        // Given
        Database.Holder buyer = database.holder();
        PaymentSettled purchase = Purchases.settled(buyer, MONTH);
        process(List.of(Sent.of(purchase)));
        redeem(buyer, purchase);
        process(List.of(Sent.of(Reversals.reversed(purchase, 900, 1))));
        List<String> before = state(purchase);

        // When
        process(List.of(Sent.of(purchase), Sent.of(Reversals.reversed(purchase, 900, 1))));

        // Then
        assertThat(state(purchase)).isEqualTo(before).containsExactly("1 reversed redeemed t f");
        assertThat(Frontend.vouchers(buyer.userId())).hasSize(1);
    }

    private String redeem(Database.Holder buyer, PaymentSettled purchase) {
        String voucher = database.column(
                        "select id from voucher.vouchers where anchor = ? order by unit limit 1", purchase.anchor())
                .getFirst();
        Frontend.redeem(buyer.userId(), reveal(buyer, voucher)).statusCode(200);
        return voucher;
    }

    private static String reveal(Database.Holder buyer, String voucher) {
        return Frontend.reveal(buyer.userId(), voucher)
                .statusCode(200)
                .extract()
                .path("code");
    }

    private List<String> state(PaymentSettled purchase) {
        return database.column(STATE, purchase.anchor(), purchase.anchor());
    }

    private void process(List<Sent> events) {
        inbox.process(Deliveries.poll(events)).await().atMost(PATIENCE);
    }
}
