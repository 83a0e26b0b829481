package dev.quittance.billing.statement;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What frontends and operators find in the schema public. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class PublishedBooksIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        for (UUID each : List.of(user, other)) {
            ledger.addUser(each);
            grant(each, "points", 100);
            grant(each, "credits", 50);
        }
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .header("Idempotency-Key", "k")
                .contentType("application/json")
                .body("{\"amount\":30,\"description\":\"a picture\"}")
                .post("/api/points/spend")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void aUserSeesTheirOwnRows() throws SQLException {
        assertThat(ledger.rowsOf(user, "select points, credits_balance, email from public.profiles"))
                .containsExactly("70|50|" + user + "@buyer.example");
        assertThat(
                        ledger.rowsOf(
                                user,
                                "select amount, type, description, idempotency_key = 'k' from public.points_transactions order by 1"))
                .containsExactly("-30|spend|a picture|t", "100|purchase|grant|f");
        assertThat(ledger.rowsOf(user, "select user_id, amount from public.credit_transactions"))
                .containsExactly(user + "|50");
        assertThat(ledger.rowsOf(user, "select * from public.validate_credits_consistency()"))
                .isEmpty();
    }

    @Test
    void nobodyWritesThroughTheViews() {
        for (String change : List.of(
                "update public.profiles set points = 1000000",
                "insert into public.points_transactions (amount) values (5)",
                "delete from public.credit_transactions",
                "select public.sync_user_credits('" + user + "')")) {
            assertThatThrownBy(() -> ledger.rowsOf(user, change)).as(change).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aBalanceThatIsNotTheSumOfItsLinesIsFoundAndMended() throws SQLException {
        // Given
        ledger.run("update billing.balances b set credits = credits + 7 from billing.ledger_accounts a"
                + " where a.account_id = b.account_id and a.name = 'user:" + user + ":credits'");
        assertThat(ledger.rows("select user_id, unit, balance, entries from public.validate_credits_consistency()"))
                .containsExactly(user + "|credits|57|50");

        // When
        List<String> credits = ledger.rows("select public.sync_user_credits('" + user + "')");

        // Then
        assertThat(credits).containsExactly("50");
        assertThat(ledger.rows("select * from public.validate_credits_consistency()"))
                .isEmpty();
    }

    @Test
    @DisplayName("I3: syncing while everybody books loses nothing")
    void syncingInTrafficLosesNothing() throws SQLException {
        // When
        for (int i = 0; i < 50; i++) {
            var booking = pool.withTransaction(transaction -> journal.post(
                            transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, "credits", 1))))
                    .subscribeAsCompletionStage();
            ledger.rows("select public.sync_user_credits('" + user + "')");
            booking.join();
        }

        // Then
        assertThat(ledger.rows("select public.sync_user_credits('" + user + "')"))
                .containsExactly("100");
        assertThat(ledger.rows("select * from public.validate_credits_consistency()"))
                .isEmpty();
    }

    private void grant(UUID to, String unit, long amount) {
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), to, unit, amount))))
                .await()
                .atMost(LONG);
    }
}
