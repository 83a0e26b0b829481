package dev.quittance.billing.shop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.inbox.BillingHandler;
import dev.quittance.billing.testing.Events;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Shop;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The catalogue, its stock and the cart over HTTP. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class ShopIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();

    @Inject
    Inboxes inboxes;

    @Inject
    BillingHandler handler;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void productsAreListedInPagesAndFound() {
        // Given
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(Shop.product("digital", false, "").toString());
        }
        UUID physical = Shop.stocked("physical", 7, ",\"description\":\"100% cotton\"");

        // When
        List<String> listed = new ArrayList<>();
        String after = "";
        do {
            var page = given().get("/api/products?type=digital&limit=2" + after).jsonPath();
            listed.addAll(page.getList("products.productId"));
            after = page.getString("next") == null ? null : "&after=" + page.getString("next");
        } while (after != null);

        // Then
        assertThat(listed).isEqualTo(made);
        given().queryParam("q", "100% C")
                .get("/api/products")
                .then()
                .body("products.productId", contains(physical.toString()))
                .body("products[0].available", equalTo(7))
                .body("next", nullValue());
        given().queryParam("q", "_%").get("/api/products").then().body("products", hasSize(0));
        given().get("/api/products?limit=0").then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
        given().get("/api/products/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("PRODUCT_UNKNOWN"));
    }

    @Test
    void packagesAndPlansAreAnOperatorsToSet() {
        // Given
        String offer = "{\"name\":\"Premium\",\"amount\":550,\"priceMinor\":3999,\"currency\":\"USD\"}";

        // When
        Shop.operator("PUT", "/api/admin/products/packages/shop_premium", "k", offer)
                .statusCode(200);
        Shop.operator("PUT", "/api/admin/products/credit-plans/shop_pro", "k", offer)
                .statusCode(200);

        // Then
        given().get("/api/products/packages")
                .then()
                .body("offers.find { it.id == 'shop_premium' }.amount", equalTo(550))
                .body("offers.find { it.id == 'shop_premium' }.unit", equalTo("points"));
        given().get("/api/products/credit-plans")
                .then()
                .body("offers.find { it.id == 'shop_pro' }.unit", equalTo("credits"));
        Shop.user(user, "PUT", "/api/admin/products/packages/x", "k", offer).statusCode(403);
        Shop.operator("PUT", "/api/admin/products/" + UUID.randomUUID(), "k", "{\"name\":\"x\",\"type\":\"digital\"}")
                .statusCode(400)
                .body("code", equalTo("BAD_REQUEST"));
    }

    @Test
    void stockIsCountedOnceForAKeyAndNeverBelowNothing() throws SQLException {
        // Given
        UUID product = Shop.stocked("physical", 5, "");
        String path = "/api/admin/products/" + product + "/stock";
        String lost = "{\"kind\":\"lost\",\"quantity\":2}";
        String key = UUID.randomUUID().toString();

        // When
        Shop.operator("POST", path, key, lost).statusCode(200).body("available", equalTo(3));
        Shop.operator("POST", path, key, lost).statusCode(200).body("available", equalTo(3));

        // Then
        Shop.operator("POST", path, key, "{\"kind\":\"lost\",\"quantity\":1}")
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        Shop.count(product, "lost", 4).statusCode(409).body("code", equalTo("STOCK_TOO_LOW"));
        Shop.count(UUID.randomUUID(), "received", 1).statusCode(404).body("code", equalTo("PRODUCT_UNKNOWN"));
        assertThat(ledger.rows("select received, lost, available from billing.product_inventory"))
                .containsExactly("5|2|3");
        assertThat(ledger.rows("select count(*) from billing.stock_entries")).containsExactly("2");
    }

    @Test
    void aProductFollowsStripesInAnyOrder() {
        // Given
        UUID product = Shop.product("digital", false, ",\"stripeProductId\":\"prod_f\",\"stripePriceId\":\"price_f\"");
        Events.Event seen = Events.stripe("evt_p1", "product.updated", 5, """
                {"id":"prod_f","object":"product","name":"Renamed","active":true,"metadata":{}}""");
        Events.Event price = Events.stripe("evt_p2", "price.updated", 6, """
                {"id":"price_f","object":"price","product":"prod_f","currency":"eur","unit_amount":1900,"active":true,
                 "type":"one_time","metadata":{}}""");
        Inbox<BillingFact> inbox = inboxes.inbox(handler);

        // When
        inbox.process(Events.poll(List.of(price))).await().atMost(LONG);
        inbox.process(Events.poll(List.of(seen, price))).await().atMost(LONG);

        // Then
        given().get("/api/products/" + product)
                .then()
                .body("name", equalTo("Renamed"))
                .body("priceMinor", equalTo(1900));
    }

    @Test
    void theCartIsPutWholeMergedTwiceAsOnceAndEmptied() {
        // Given
        UUID one = Shop.product("digital", false, ",\"maxPerOrder\":5");
        UUID two = Shop.product("digital", false, "");
        String put = "{" + Shop.items(one, 2) + "}";

        // When
        Shop.user(user, "PUT", "/api/cart", "k", put).statusCode(200).body("items.quantity", contains(2));
        String merge = "{\"items\":[{\"productId\":\"" + one + "\",\"quantity\":9},{\"productId\":\"" + two
                + "\",\"quantity\":1},{\"productId\":\"" + UUID.randomUUID() + "\",\"quantity\":1}]}";
        for (int i = 0; i < 2; i++) {
            Shop.user(user, "POST", "/api/cart/merge", "k", merge)
                    .statusCode(200)
                    .body("items.quantity", contains(5, 1));
        }

        // Then
        Shop.user(user, "PUT", "/api/cart", "k", "{" + Shop.items(one, 6) + "}")
                .statusCode(422)
                .body("code", equalTo("QUANTITY_TOO_LARGE"))
                .body("maximum", equalTo(5));
        Shop.user(user, "PUT", "/api/cart", "k", "{" + Shop.items(UUID.randomUUID(), 1) + "}")
                .statusCode(404)
                .body("code", equalTo("PRODUCT_UNKNOWN"));
        Shop.get(UUID.randomUUID(), "/api/cart").body("items", hasSize(0));
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .delete("/api/cart")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        given().get("/api/cart").then().statusCode(401);
    }
}
