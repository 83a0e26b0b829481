package dev.quittance.billing.buying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.Shop;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paying with points over HTTP. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class PointsCheckoutIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BUYERS = 50;
    private static final int AT_ONCE = 32;

    private final UUID user = UUID.randomUUID();

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

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
    void theCartIsBoughtOnceForAKeyAndEmptied() throws SQLException {
        // Given
        UUID digital = Shop.product("digital", false, "");
        UUID counted = Shop.stocked("digital", 5, "");
        grant(user, 2_000);
        Shop.user(
                        user,
                        "PUT",
                        "/api/cart",
                        "c",
                        "{\"items\":[{\"productId\":\"" + digital + "\",\"quantity\":1},{\"productId\":\"" + counted
                                + "\",\"quantity\":2}]}")
                .statusCode(200);

        // When
        String first = buy(user, "k", "\"total\":900")
                .statusCode(200)
                .body("totalPoints", equalTo(900))
                .body("balance", equalTo(1_100))
                .extract()
                .asString();
        String again = buy(user, "k", "\"total\":900").statusCode(200).extract().asString();

        // Then
        assertThat(again).isEqualTo(first);
        buy(user, "k", "\"total\":901").statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        Shop.get(user, "/api/cart").body("items", hasSize(0));
        buy(user, "k2", "\"total\":900").statusCode(409).body("code", equalTo("CART_EMPTY"));
        assertThat(ledger.rows("select status, total_points, fulfilled_at is not null from billing.orders"))
                .containsExactly("completed|900|t");
        assertThat(ledger.rows("select to_status from billing.order_history order by revision"))
                .containsExactly("pending", "processing", "completed");
        assertThat(ledger.rows("select available, reserved, sold from billing.product_inventory"))
                .containsExactly("3|0|2");
        assertThat(ledger.rows("select event_type || coalesce(convert_from(payload, 'UTF8')::json ->> 'status', '')"
                        + " from billing.outbox where event_type = 'OrderStatusChanged' and record_key = '" + user
                        + "'"))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(ledger.rowsOf(user, "select count(*) from billing.orders")).containsExactly("1");
        assertThat(ledger.rowsOf(UUID.randomUUID(), "select count(*) from billing.orders"))
                .containsExactly("0");
    }

    @Test
    void whatTravelsWaitsForItsTracking() throws SQLException {
        // Given
        UUID product = Shop.stocked("physical", 1, "");
        grant(user, 300);

        // When
        buy(user, "k", Shop.items(product, 1)).statusCode(200);

        // Then
        assertThat(ledger.rows("select status from billing.orders")).containsExactly("processing");
    }

    @Test
    void tooFewPointsLeaveEverythingAsItWas() throws SQLException {
        // Given
        UUID product = Shop.stocked("digital", 1, "");
        grant(user, 299);

        // When
        buy(user, "k", Shop.items(product, 1))
                .statusCode(402)
                .contentType("application/problem+json")
                .body("code", equalTo("INSUFFICIENT_BALANCE"))
                .body("balance", equalTo(299))
                .body("amount", equalTo(300));

        // Then
        assertThat(ledger.rows("select available, reserved, sold from billing.product_inventory"))
                .containsExactly("1|0|0");
        assertThat(ledger.rows("select * from billing.orders")).isEmpty();
        grant(user, 1);
        buy(user, "k", Shop.items(product, 1)).statusCode(200).body("balance", equalTo(0));
    }

    @Test
    void whatCannotBeBoughtSaysWhy() {
        // Given
        grant(user, 10_000);
        UUID product = Shop.product("digital", false, ",\"maxPerOrder\":2");

        // Then
        buy(user, "k", Shop.items(product, 3)).statusCode(422).body("code", equalTo("QUANTITY_TOO_LARGE"));
        buy(user, "k", Shop.items(UUID.randomUUID(), 1)).statusCode(404).body("code", equalTo("PRODUCT_UNKNOWN"));
        buy(user, "k", Shop.items(product, 1) + ",\"total\":1")
                .statusCode(409)
                .body("code", equalTo("PRICE_MISMATCH"))
                .body("total", equalTo(300));
        buy(user, "k", Shop.items(Shop.stocked("digital", 1, ""), 2))
                .statusCode(409)
                .body("code", equalTo("OUT_OF_STOCK"));
        for (String body : List.of(
                "", "[]", "{}", "{\"payment_method\":\"cash\"}", "{\"payment_method\":\"points\",\"items\":{}}")) {
            Shop.user(user, "POST", "/api/checkout", "k", body).statusCode(400).body("code", equalTo("BAD_REQUEST"));
        }
    }

    @Test
    void fiftyBuyersOfTheLastOneAreOneSale() throws Exception {
        // Given
        UUID product = Shop.stocked("digital", 1, "");
        List<Callable<Integer>> buyers = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            UUID buyer = UUID.randomUUID();
            ledger.addUser(buyer);
            grant(buyer, 300);
            buyers.add(() -> status(buyer, "k", product));
        }

        // When
        List<Integer> answers = together(buyers);

        // Then
        assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
        assertThat(ledger.rows("select available, reserved, sold from billing.product_inventory"))
                .containsExactly("0|0|1");
        assertThat(ledger.rows("select count(*), count(*) filter (where status = 'completed') from billing.orders"))
                .containsExactly("1|1");
        assertThat(ledger.rows("select b.credits - b.debits, count(*) from billing.balances b where b.floored"
                        + " group by 1 order by 1"))
                .containsExactly("0|1", "300|49");
    }

    @Test
    void checkoutsOfOneUserAtOnceNeverSpendMoreThanThereIs() throws Exception {
        // Given
        UUID product = Shop.product("digital", false, "");
        grant(user, 7 * 300 + 299);
        List<Callable<Integer>> checkouts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String key = "k" + i;
            checkouts.add(() -> status(user, key, product));
        }

        // When
        List<Integer> answers = together(checkouts);

        // Then
        assertThat(answers).containsOnly(200, 402);
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(7);
        assertThat(ledger.rows("select credits - debits from billing.balances where floored"))
                .containsExactly("299");
        assertThat(ledger.rows("select count(*), sum(total_points) from billing.orders"))
                .containsExactly("7|2100");
    }

    private static List<Integer> together(List<Callable<Integer>> calls) throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static int status(UUID buyer, String key, UUID product) {
        return buy(buyer, key, Shop.items(product, 1)).extract().statusCode();
    }

    private static io.restassured.response.ValidatableResponse buy(UUID buyer, String key, String more) {
        return Shop.user(buyer, "POST", "/api/checkout", key, "{\"payment_method\":\"points\"," + more + "}");
    }

    private void grant(UUID whom, long points) {
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), whom, "points", points))))
                .await()
                .atMost(LONG);
    }
}
