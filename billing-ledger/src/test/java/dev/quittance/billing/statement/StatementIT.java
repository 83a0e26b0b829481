package dev.quittance.billing.statement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The books as people read them. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class StatementIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

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
    void everyEntryIsListedOnceWithTheBalanceAfterIt() {
        // Given
        for (int i = 1; i <= 7; i++) {
            grant("g" + i, 10L * i, JANUARY);
        }
        spend(30);

        // When
        List<Long> balances = new ArrayList<>();
        List<Long> amounts = new ArrayList<>();
        String before = "";
        do {
            JsonPath page = user("/api/statements?unit=points&limit=3" + before)
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            balances.addAll(page.getList("entries.balance", Long.class));
            amounts.addAll(page.getList("entries.amount", Long.class));
            before = page.getString("next") == null ? "" : "&before=" + page.getString("next");
            grant(UUID.randomUUID().toString(), 1, MARCH);
        } while (!before.isEmpty());

        // Then
        assertThat(amounts).containsExactly(-30L, 70L, 60L, 50L, 40L, 30L, 20L, 10L);
        assertThat(balances).containsExactly(250L, 280L, 210L, 150L, 100L, 60L, 30L, 10L);
    }

    @Test
    void anOperatorSeesAnyUsersEntriesAndAUserOnlyTheirOwn() {
        // Given
        grant("g", 10, JANUARY);
        String path = "/api/admin/ledger/users/" + user + "/entries?unit=points";

        // Then
        operator(path)
                .statusCode(200)
                .body("entries[0].amount", equalTo(10))
                .body("entries[0].cause", equalTo("evt_g"))
                .body("entries[0].occurredAt", equalTo("2026-01-01T00:00:00Z"));
        user(path).statusCode(403);
        operator("/api/statements?unit=points").statusCode(403);
        given().auth()
                .oauth2(StripeDouble.userToken(UUID.randomUUID()))
                .get("/api/statements?unit=points")
                .then()
                .statusCode(200)
                .body("entries.size()", equalTo(0));
    }

    @Test
    void aStatementIsExportedAsCsv() {
        // Given
        grant("g1", 10, JANUARY);
        grant("g2", 5, JANUARY);

        // When
        String csv = given().auth()
                .oauth2(StripeDouble.userToken(user))
                .accept("text/csv")
                .get("/api/statements?unit=points&limit=1")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("text/csv"))
                .header("Link", containsString("before="))
                .extract()
                .asString();

        // Then
        assertThat(csv.lines()).hasSize(2).last().asString().endsWith(",points,5,15");
    }

    @Test
    void theTrialBalanceAgreesInEachUnit() {
        // Given
        grant("g", 10, JANUARY);
        post(Posting.of(
                "sale",
                "test",
                new Cause("", "evt", 2),
                JANUARY,
                LedgerAccount.stripeClearing("JPY"),
                LedgerAccount.revenue("JPY"),
                500));
        spend(4);

        // Then
        operator("/api/admin/ledger/trial-balance")
                .statusCode(200)
                .body("units.unit", equalTo(List.of("JPY", "points")))
                .body("units.isBalanced", equalTo(List.of(true, true)))
                .body("units[1].accounts.account", equalTo(List.of("points_issued", "points_spent", "users")))
                .body("units[1].accounts.balance", equalTo(List.of(10, -4, -6)));
        user("/api/admin/ledger/trial-balance").statusCode(403);
    }

    @Test
    void balancesAreKnownAsOfAnyTime() {
        // Given
        grant("g1", 10, JANUARY);
        Instant between = Instant.now();
        grant("g2", 5, MARCH);
        grant("g3", 1, JANUARY);

        // Then
        assertThat(users("at=2026-02-01T00:00:00Z")).isEqualTo(11);
        assertThat(users("at=2026-02-01T00:00:00Z&knownAt=" + between)).isEqualTo(10);
        assertThat(users("at=2026-03-01T00:00:00Z&user=" + user)).isEqualTo(16);
        assertThat(users("knownAt=" + between)).isEqualTo(10);
    }

    @Test
    void whatIsNotARequestIsRefused() {
        for (String query : List.of(
                "limit=5",
                "unit=",
                "unit=x1",
                "unit=points&limit=0",
                "unit=points&limit=501",
                "unit=points&before=x")) {
            user("/api/statements?" + query).statusCode(400).body("code", equalTo("BAD_REQUEST"));
        }
        operator("/api/admin/ledger/users/nobody/entries?unit=points").statusCode(400);
        operator("/api/admin/ledger/balances?at=yesterday").statusCode(400);
    }

    private long users(String query) {
        List<Integer> balances = operator("/api/admin/ledger/balances?" + query)
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList(
                        "units.find { it.unit == 'points' }.accounts.findAll { it.account.startsWith('user') }.balance");
        return -balances.getFirst();
    }

    private ValidatableResponse user(String path) {
        return given().auth().oauth2(StripeDouble.userToken(user)).get(path).then();
    }

    private static ValidatableResponse operator(String path) {
        return given().auth().oauth2(StripeDouble.operatorToken()).get(path).then();
    }

    private void spend(int amount) {
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .header("Idempotency-Key", UUID.randomUUID())
                .contentType("application/json")
                .body("{\"amount\":" + amount + ",\"description\":\"a page\"}")
                .post("/api/points/spend")
                .then()
                .statusCode(200);
    }

    private void grant(String key, long amount, Instant at) {
        Posting grant = Grants.of(key, user, "points", amount);
        post(new Posting(grant.businessKey(), grant.rule(), grant.cause(), at, grant.lines()));
    }

    private void post(Posting posting) {
        pool.withTransaction(transaction -> journal.post(transaction, List.of(posting)))
                .await()
                .atMost(LONG);
    }
}
