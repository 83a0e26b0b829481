package dev.quittance.billing.spending;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spending over HTTP. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class SpendIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CREDITS = "/api/credits/consume";

    private final UUID user = UUID.randomUUID();

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.addUser(user);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void theSameKeyIsOneSpendAndOneAnswer() throws SQLException {
        // Given
        grant("credits", 100);

        // When
        String first = spend(CREDITS, user, "k1", "{\"amount\":30,\"description\":\"a page\"}")
                .statusCode(200)
                .body("unit", equalTo("credits"))
                .body("amount", equalTo(30))
                .body("balance", equalTo(70))
                .extract()
                .asString();
        spend(CREDITS, user, "k2", "{\"amount\":30}").statusCode(200).body("balance", equalTo(40));
        String again = spend(CREDITS, user, "k1", "{\"amount\":30,\"description\":\"a page\"}")
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(balance("credits")).isEqualTo(40);
        assertThat(ledger.rows(
                        "select count(*) from billing.journal_entries where rule = 'spend' and event_id = 'spend:'"
                                + " || (select spend_id from billing.spends where user_id = '" + user
                                + "' and idempotency_key = 'k1')"))
                .containsExactly("1");
    }

    @Test
    void theKeyOfAnotherSpendIsRefused() {
        // Given
        grant("credits", 100);
        grant("points", 100);
        spend(CREDITS, user, "k", "{\"amount\":30}").statusCode(200);

        // Then
        spend(CREDITS, user, "k", "{\"amount\":31}").statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        spend("/api/points/spend", user, "k", "{\"amount\":30}")
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        assertThat(balance("credits")).isEqualTo(70);
        assertThat(balance("points")).isEqualTo(100);
    }

    @Test
    void twoUsersMayHaveTheSameKey() throws SQLException {
        // Given
        UUID other = UUID.randomUUID();
        ledger.addUser(other);
        grant("credits", 100);

        // When
        spend(CREDITS, other, "k", "{\"amount\":30}").statusCode(402);

        // Then
        spend(CREDITS, user, "k", "{\"amount\":30}").statusCode(200);
    }

    @Test
    void tooLittleIsRefusedWithTheBalanceAndForGood() {
        // Given
        grant("points", 20);

        // Then
        for (int i = 0; i < 2; i++) {
            spend("/api/points/spend", user, "k", "{\"amount\":21}")
                    .statusCode(402)
                    .contentType("application/problem+json")
                    .body("code", equalTo("INSUFFICIENT_BALANCE"))
                    .body("unit", equalTo("points"))
                    .body("amount", equalTo(21))
                    .body("balance", equalTo(20));
            grant("points", 100);
        }
        spend("/api/points/spend", user, "k2", "{\"amount\":21}").statusCode(200);
    }

    @Test
    void somebodyWithoutAnAccountHasNothingToSpend() {
        spend(CREDITS, UUID.randomUUID(), "k", "{\"amount\":1}").statusCode(402).body("balance", equalTo(0));
    }

    @Test
    void whatIsNotARequestIsRefused() {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"amount\":0}",
                "{\"amount\":-1}",
                "{\"amount\":1.5}",
                "{\"amount\":\"1\"}",
                "{\"amount\":1e30}",
                "{\"amount\":1,\"amount\":2}",
                "{\"amount\":1}x",
                "{\"amount\":1,\"description\":\"\\u0000\"}",
                "{\"amount\":1,\"description\":\"" + "x".repeat(201) + "\"}")) {
            spend(CREDITS, user, "k", body).statusCode(400).body("code", equalTo("BAD_REQUEST"));
        }
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .contentType("application/json")
                .body("{\"amount\":1}")
                .post(CREDITS)
                .then()
                .statusCode(400)
                .body("code", equalTo("IDEMPOTENCY_KEY_MISSING"));
        spend(CREDITS, user, "k".repeat(256), "{\"amount\":1}")
                .statusCode(400)
                .body("code", equalTo("IDEMPOTENCY_KEY_INVALID"));
    }

    @Test
    void onlyUsersSpend() {
        given().header("Idempotency-Key", "k")
                .contentType("application/json")
                .body("{\"amount\":1}")
                .post(CREDITS)
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(StripeDouble.operatorToken())
                .header("Idempotency-Key", "k")
                .contentType("application/json")
                .body("{\"amount\":1}")
                .post(CREDITS)
                .then()
                .statusCode(403);
    }

    @Test
    void nobodyChangesASpend() {
        // Given
        grant("credits", 5);
        spend(CREDITS, user, "k", "{\"amount\":5}").statusCode(200);

        // Then
        for (String role : List.of("billing_service", "billing_owner", "postgres")) {
            for (String change : List.of("update billing.spends set amount = 1", "delete from billing.spends")) {
                assertThatThrownBy(() -> ledger.runAs(role, change)).isInstanceOf(SQLException.class);
            }
        }
    }

    private static ValidatableResponse spend(String path, UUID who, String key, String body) {
        return given().auth()
                .oauth2(StripeDouble.userToken(who))
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }

    private void grant(String unit, long amount) {
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, unit, amount))))
                .await()
                .atMost(LONG);
    }

    private long balance(String unit) {
        return given().auth()
                .oauth2(StripeDouble.userToken(user))
                .get("/api/balances")
                .jsonPath()
                .getLong("balances.find { it.unit == '" + unit + "' }.amount");
    }
}
