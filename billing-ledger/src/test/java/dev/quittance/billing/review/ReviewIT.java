package dev.quittance.billing.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.MoneyBack;
import dev.quittance.billing.testing.MoneyIn;
import dev.quittance.billing.testing.Shop;
import dev.quittance.billing.testing.ShopOrders;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inbox;
import dev.quittance.messaging.inbox.Inboxes;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
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

/** A person's word on an order: once, with who it was, and with all that follows from it. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class ReviewIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String NAME = "777012345601";

    private final UUID user = UUID.randomUUID();

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    @DisplayName("E12: an order that is held goes out when an operator releases it, once")
    void aHeldOrderIsReleased() throws SQLException {
        // Given
        String order = heldCart();

        // When
        decide(order, "release", "k", "looks right")
                .statusCode(200)
                .body("status", equalTo("completed"))
                .body("heldReason", nullValue());

        // Then
        decide(order, "release", "k", "looks right").statusCode(200).body("status", equalTo("completed"));
        decide(order, "release", "k", "another").statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        decide(order, "release", "k2", "again").statusCode(409).body("code", equalTo("ORDER_STATE"));
        decide(order, "refusal", "k3", "late").statusCode(409).body("code", equalTo("ORDER_STATE"));
        Shop.operator("GET", "/api/admin/orders/" + order + "/decisions", "k", "")
                .body("decisions.kind", contains("released"))
                .body("decisions.note", contains("looks right"));
        Shop.operator("GET", "/api/admin/orders/held", "k", "").body("orders", hasSize(0));
        assertThat(ShopOrders.ends(ledger)).containsExactly("completed|null|sold|0|1|0");
        assertThat(ledger.rows("select * from billing.refund_requests")).isEmpty();
    }

    @Test
    @DisplayName("E12: an order that is held and refused is paid back, and is refunded when the money is on its way")
    void aHeldOrderIsRefused() throws SQLException {
        // Given
        String order = heldCart();

        // When
        decide(order, "refusal", "k", "not ours").statusCode(200).body("status", equalTo("processing"));
        decide(order, "refusal", "k", "not ours").statusCode(200);

        // Then
        assertThat(ledger.rows("select idempotency_key, payment_intent_id, amount_minor from billing.refund_requests"))
                .containsExactly("order:" + order + ":refused|pi_" + NAME + "|1400");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(StripeDouble.refunds("pi_" + NAME)).hasSize(1));
        decide(order, "release", "k2", "changed my mind").statusCode(409).body("code", equalTo("ORDER_STATE"));
        process(MoneyBack.refund("refund.created", 11, "re_1", NAME, 1400, "succeeded"));
        assertThat(ledger.rows("select status, fulfilled_at from billing.orders"))
                .containsExactly("refunded|null");
    }

    @Test
    @DisplayName(
            "E12: a package that was paid with another amount is given when it is released, and never when it is refused")
    void aHeldPackageIsGivenWhenItIsReleased() throws SQLException {
        // Given
        String offer = "{\"name\":\"Basic\",\"amount\":500,\"priceMinor\":1500,\"currency\":\"EUR\"}";
        Shop.operator("PUT", "/api/admin/products/packages/shop_basic", "k", offer)
                .statusCode(200);
        String one = heldPackage("a");
        String other = heldPackage("b");
        assertThat(ledger.rows("select reason from billing.parked"))
                .containsExactly("PRICE_MISMATCH", "PRICE_MISMATCH");

        // When
        decide(one, "release", "k1", "a coupon of ours").statusCode(200).body("status", equalTo("completed"));
        decide(other, "refusal", "k2", "no").statusCode(200);

        // Then
        assertThat(ledger.rows("select * from billing.parked")).isEmpty();
        assertThat(points()).containsExactly("500");
        String intent = ledger.rows("select payment_intent_id from billing.refund_requests")
                .getFirst();
        process(MoneyBack.refund("refund.created", 11, "re_2", intent.substring("pi_".length()), 1400, "succeeded"));
        assertThat(ledger.rows("select status from billing.orders order by 1"))
                .containsExactly("completed", "refunded");
        assertThat(points()).containsExactly("500");
    }

    @Test
    void whatWasPaidWithPointsIsGivenBackWithItsStock() throws SQLException {
        // Given
        UUID product = Shop.stocked("physical", 3, ",\"restockOnRefund\":true");
        grant(1_000);
        String order = buy(product, 2);
        assertThat(points()).containsExactly("400");

        // When
        decide(order, "refund", "k", "damaged").statusCode(200).body("status", equalTo("refunded"));
        decide(order, "refund", "k", "damaged").statusCode(200).body("status", equalTo("refunded"));

        // Then
        decide(order, "refund", "k2", "damaged").statusCode(409).body("code", equalTo("ORDER_STATE"));
        assertThat(points()).containsExactly("1000");
        assertThat(ledger.rows("select available, reserved, sold from billing.product_inventory"))
                .containsExactly("3|0|0");
        assertThat(ledger.rows("select credits - debits from billing.balances b join billing.ledger_accounts a"
                        + " using (account_id) where a.name = 'points_spent' and credits <> 0"))
                .containsExactly("0");
        assertThat(ledger.rows("select kind from billing.order_mails order by 1"))
                .contains("refund");
    }

    @Test
    void whatNobodyMayDecideIsRefused() throws SQLException {
        // Given
        grant(300);
        String order = buy(Shop.product("digital", false, ""), 1);
        String path = "/api/admin/orders/" + order;

        // Then
        decide(order, "release", "k", "x").statusCode(409).body("code", equalTo("ORDER_STATE"));
        decide(UUID.randomUUID().toString(), "refund", "k", "x").statusCode(404).body("code", equalTo("NOT_FOUND"));
        decide("nothing", "refund", "k", "x").statusCode(400).body("code", equalTo("BAD_REQUEST"));
        decide(heldCart(), "refund", "k", "x").statusCode(409).body("code", equalTo("ORDER_STATE"));
        Shop.operator("POST", path + "/refund", "k", "{\"note\":7}").statusCode(400);
        Shop.user(user, "POST", path + "/refund", "k", "{}").statusCode(403);
        assertThat(ledger.rows("select * from billing.order_decisions")).isEmpty();
    }

    private static ValidatableResponse decide(String order, String what, String key, String note) {
        return Shop.operator("POST", "/api/admin/orders/" + order + "/" + what, key, "{\"note\":\"" + note + "\"}");
    }

    private List<String> points() throws SQLException {
        return ledger.rows("select b.credits - b.debits from billing.balances b join billing.ledger_accounts a"
                + " using (account_id) where b.floored and a.unit = 'points'");
    }

    private String buy(UUID product, int quantity) {
        return Shop.user(
                        user,
                        "POST",
                        "/api/checkout",
                        UUID.randomUUID().toString(),
                        "{\"payment_method\":\"points\"," + Shop.items(product, quantity) + "}")
                .statusCode(200)
                .extract()
                .path("orderId");
    }

    /** An order of 15.00 for which 14.00 were paid. */
    private String heldCart() {
        ShopOrders.place(ledger, NAME, user, "refund", false);
        paid("cs_" + NAME, ShopOrders.order(NAME), "");
        return ShopOrders.order(NAME).toString();
    }

    private String heldPackage(String key) {
        JsonPath checkout = Shop.user(user, "POST", "/api/checkout/points", key, "{\"packageId\":\"shop_basic\"}")
                .statusCode(200)
                .extract()
                .jsonPath();
        paid(
                checkout.getString("sessionId"),
                UUID.fromString(checkout.getString("orderId")),
                "\"package_id\":\"shop_basic\",\"price\":\"1500\",");
        return checkout.getString("orderId");
    }

    private void paid(String session, UUID order, String metadata) {
        String name = session.substring("cs_".length());
        Event completed = MoneyIn.session("completed", 9, name, "complete", "paid", "")
                .with("\"amount_total\":1500", "\"amount_total\":1400")
                .with("\"metadata\":{", "\"metadata\":{" + metadata);
        process(
                ShopOrders.of(completed, order),
                MoneyIn.intentSucceeded(8, name),
                Events.identity(session, user, "4000000000000002"));
    }

    private void grant(long points) {
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, "points", points))))
                .await()
                .atMost(LONG);
    }

    private void process(Event... events) {
        Inbox<BillingFact> inbox = inboxes.inbox(handler);
        inbox.process(Events.poll(List.of(events))).await().atMost(LONG);
    }
}
