package dev.quittance.billing.buying;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.order.OrderDraft;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Events.Event;
import dev.quittance.billing.testing.Ledger;
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
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Paying at Stripe's page, over HTTP and through the inbox. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class StripeCheckoutIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PACKAGE = "{\"packageId\":\"shop_basic\",\"points\":500,\"price\":1500}";

    private final UUID user = UUID.randomUUID();

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
        ledger.addUser(user);
        inbox = inboxes.inbox(handler);
        String offer = "{\"name\":\"Basic\",\"amount\":500,\"priceMinor\":1500,\"currency\":\"EUR\"}";
        Shop.operator("PUT", "/api/admin/products/packages/shop_basic", "k", offer)
                .statusCode(200);
        Shop.operator("PUT", "/api/admin/products/credit-plans/shop_plan", "k", offer)
                .statusCode(200);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aPackageIsOnePageForItsKeyAndFulfilledWhenItIsPaid() {
        // When
        String first = post("points", "k", PACKAGE)
                .statusCode(200)
                .body("totalMinor", equalTo(1500))
                .body("currency", equalTo("EUR"))
                .body("url", startsWith("https://pay.example/cs_test_"))
                .extract()
                .asString();
        String again = post("points", "k", PACKAGE).statusCode(200).extract().asString();

        // Then
        assertThat(again).isEqualTo(first);
        JsonPath checkout = JsonPath.from(first);
        assertThat(StripeDouble.session(checkout.getString("orderId")))
                .contains("client_reference_id=" + user)
                .contains("metadata[package_id]=shop_basic")
                .contains("metadata[user_id]=" + user)
                .contains("expires_at=")
                .contains("line_items[0][price_data][unit_amount]=1500");
        String session = "/api/checkout/" + checkout.getString("sessionId");
        Shop.get(user, session).statusCode(200).body("state", equalTo("open"));
        Shop.get(UUID.randomUUID(), session).statusCode(404).body("code", equalTo("NOT_FOUND"));
        pay(checkout, "\"package_id\":\"shop_basic\",");
        Shop.get(user, session).body("state", equalTo("fulfilled")).body("orderStatus", equalTo("completed"));
        post("points", "k", PACKAGE.replace("1500", "1501")).statusCode(422);
    }

    @Test
    void whatAClientBelievesIsComparedAndNeverTaken() {
        post("points", "a", PACKAGE.replace("1500", "1"))
                .statusCode(409)
                .body("code", equalTo("PRICE_MISMATCH"))
                .body("price", equalTo(1500));
        post("points", "b", PACKAGE.replace("500,", "5000,")).statusCode(409).body("code", equalTo("PRICE_MISMATCH"));
        post("points", "c", "{\"packageId\":\"nothing\"}").statusCode(404).body("code", equalTo("PRODUCT_UNKNOWN"));
        post("points", "d", "{}").statusCode(400).body("code", equalTo("BAD_REQUEST"));
        post("credits", "e", "{\"plan\":\"shop_plan\",\"credits\":500}").statusCode(200);
        post("subscription", "f", "{\"priceId\":\"price_once\"}").statusCode(404);
        Shop.get(user, "/api/checkout/nothing").statusCode(400);
    }

    @Test
    void vouchersAndSubscriptionsAreSoldByStripesPrices() {
        // Given
        price("price_once", "\"voucher_months\":\"3\"", "one_time");
        price("price_month", "", "recurring\",\"recurring\":{\"interval\":\"month\"},\"x\":\"");

        // Then
        given().get("/api/products/vouchers")
                .then()
                .body("prices.priceId", contains("price_once"))
                .body("prices[0].terms.voucher_months", equalTo("3"));
        given().get("/api/products/subscriptions").then().body("prices.priceId", contains("price_month"));
        String voucher = post("voucher", "v", "{\"priceId\":\"price_once\",\"quantity\":2,\"price\":900}")
                .statusCode(200)
                .body("totalMinor", equalTo(1800))
                .extract()
                .path("orderId");
        assertThat(StripeDouble.session(voucher))
                .contains("line_items[0][price]=price_once")
                .contains("line_items[0][quantity]=2");
        String subscription = post("subscription", "s", "{\"priceId\":\"price_month\"}")
                .statusCode(200)
                .extract()
                .path("orderId");
        assertThat(StripeDouble.session(subscription)).contains("mode=subscription");
        post("voucher", "x", "{\"priceId\":\"price_month\"}").statusCode(404);
        post("subscription", "y", "{\"priceId\":\"price_once\"}").statusCode(404);
    }

    @Test
    void aCartHoldsItsStockWhileThePageIsOpenAndIsEmptiedByWhatPaysForIt() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 1, "");
        Shop.user(user, "PUT", "/api/cart", "c", "{" + Shop.items(product, 1) + "}")
                .statusCode(200);

        // When
        JsonPath checkout = cart("k", "").statusCode(200).extract().jsonPath();
        cart("k2", "").statusCode(409).body("code", equalTo("OUT_OF_STOCK"));
        assertThat(stock()).containsExactly("0|1|0");
        Shop.get(user, "/api/cart").body("items", hasSize(1));
        pay(checkout, "");

        // Then
        assertThat(stock()).containsExactly("0|0|1");
        Shop.get(user, "/api/cart").body("items", hasSize(0));
        assertThat(ledger.rows("select status from billing.orders")).containsExactly("completed");
    }

    @Test
    void whatStripeRefusesIsGivenUpAndWhatItDoesNotAnswerIsKept() throws SQLException {
        // Given
        Shop.stocked("digital", 1, "");
        ledger.run("update billing.shop_products set name = 'forbidden'");
        String items = "," + Shop.items(UUID.fromString(onlyProduct()), 1);

        // When
        cart("k", items).statusCode(502).body("code", equalTo("STRIPE_REFUSED")).body("reason", equalTo("not_today"));

        // Then
        assertThat(stock()).containsExactly("1|0|0");
        cart("k", items).statusCode(409).body("code", equalTo("ORDER_STATE"));
        ledger.run("update billing.shop_products set name = 'silent'");
        cart("k2", items).statusCode(503).body("code", equalTo("STRIPE_UNAVAILABLE"));
        assertThat(stock()).containsExactly("0|1|0");
    }

    @Test
    @DisplayName("H5: a session's event comes before its order is written")
    void anEventThatComesFirstWaitsForItsOrder() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 1, "");
        UUID order = OrderDraft.idOf(user, "k");
        String session = "cs_test_"
                + UUID.nameUUIDFromBytes(("quittance-order-" + order).getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
        pay(session, order.toString(), "");
        assertThat(ledger.rows("select reason from billing.parked")).containsExactly("ORDER_NOT_SEEN");

        // When
        cart("k", "," + Shop.items(product, 1)).statusCode(200);

        // Then
        assertThat(ledger.rows("select status from billing.orders")).containsExactly("completed");
        assertThat(ledger.rows("select reason from billing.parked")).isEmpty();
        assertThat(stock()).containsExactly("0|0|1");
    }

    @Test
    void anOpenOrderIsCancelledWithItsPageAndItsStockOnceAndByItsBuyerOnly() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 1, "");
        JsonPath checkout = cart("k", "," + Shop.items(product, 1))
                .statusCode(200)
                .extract()
                .jsonPath();
        String order = checkout.getString("orderId");
        cancel(UUID.randomUUID(), order).statusCode(404).body("code", equalTo("NOT_FOUND"));

        // When
        cancel(user, order).statusCode(200).body("status", equalTo("cancelled"));
        cancel(user, order).statusCode(200).body("status", equalTo("cancelled"));

        // Then
        assertThat(StripeDouble.end(checkout.getString("sessionId"))).isEqualTo("expired");
        assertThat(stock()).containsExactly("1|0|0");
        assertThat(ledger.rows("select kind, decided_by from billing.order_decisions"))
                .containsExactly("cancelled|" + user);
        cart("k2", "," + Shop.items(product, 1)).statusCode(200);
    }

    @Test
    void whatWasPaidOrIsNotKnownIsNotCancelled() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 2, "");
        JsonPath paid = cart("k", "," + Shop.items(product, 1))
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonPath unknown = cart("k2", "," + Shop.items(product, 1))
                .statusCode(200)
                .extract()
                .jsonPath();
        StripeDouble.ended(paid.getString("sessionId"), "complete");
        StripeDouble.ended(unknown.getString("sessionId"), "silent");

        // Then
        cancel(user, paid.getString("orderId")).statusCode(409).body("code", equalTo("ORDER_STATE"));
        cancel(user, unknown.getString("orderId")).statusCode(503).body("code", equalTo("STRIPE_UNAVAILABLE"));
        assertThat(stock()).containsExactly("0|2|0");
        pay(paid, "");
        cancel(user, paid.getString("orderId")).statusCode(409).body("code", equalTo("ORDER_STATE"));
        assertThat(ledger.rows("select * from billing.order_decisions")).isEmpty();
    }

    private static ValidatableResponse cancel(UUID buyer, String order) {
        return Shop.user(buyer, "POST", "/api/orders/" + order + "/cancel", "k", "");
    }

    private ValidatableResponse post(String what, String key, String body) {
        return Shop.user(user, "POST", "/api/checkout/" + what, key, body);
    }

    private ValidatableResponse cart(String key, String more) {
        return Shop.user(user, "POST", "/api/checkout", key, "{\"payment_method\":\"stripe\"" + more + "}");
    }

    private List<String> stock() throws SQLException {
        return ledger.rows("select available, reserved, sold from billing.product_inventory");
    }

    private String onlyProduct() throws SQLException {
        return ledger.rows("select product_id from billing.shop_products").getFirst();
    }

    private void price(String id, String metadata, String type) {
        process(Events.stripe("evt_" + id, "price.created", 5, """
                {"id":"%s","object":"price","product":"prod_1","currency":"eur","unit_amount":900,"active":true,
                 "type":"%s","metadata":{%s}}""".formatted(id, type, metadata)));
    }

    private void pay(JsonPath checkout, String metadata) {
        pay(checkout.getString("sessionId"), checkout.getString("orderId"), metadata);
    }

    /** All that Stripe, and provisioning, tell of a session that was paid. */
    private void pay(String session, String order, String metadata) {
        Event completed = MoneyIn.session("completed", 9, session.substring("cs_".length()), "complete", "paid", "")
                .with("\"metadata\":{", "\"metadata\":{" + metadata);
        process(
                ShopOrders.of(completed, UUID.fromString(order)),
                MoneyIn.intentSucceeded(8, session.substring("cs_".length())),
                Events.identity(session, user, "4000000000000002"));
    }

    private void process(Event... events) {
        inbox.process(Events.poll(List.of(events))).await().atMost(LONG);
    }
}
