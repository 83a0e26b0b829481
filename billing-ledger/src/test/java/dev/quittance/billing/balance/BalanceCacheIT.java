package dev.quittance.billing.balance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.OwnRedis;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Balances are right whatever becomes of Redis. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@WithTestResource(OwnRedis.class)
@SuppressWarnings("NullAway.Init")
class BalanceCacheIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final UUID user = UUID.randomUUID();

    @Inject
    BalanceCache cache;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    @Inject
    ReactiveRedisDataSource redis;

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
    void aWarmBalanceIsReadFromRedis() {
        // Given
        grant(100);
        assertThat(points()).isEqualTo(100);

        // When
        Awaitility.await().atMost(LONG).until(() -> field("complete").equals("1"));
        redis.execute("HSET", key(), "points", "12345").await().atMost(LONG);

        // Then
        assertThat(points()).isEqualTo(12_345);
    }

    @Test
    @DisplayName("I1: the key is evicted, or everything is flushed")
    void aLostKeyIsReadFromPostgresAndKeptAgain() {
        // Given
        grant(100);
        for (List<String> loss : List.of(List.of("DEL", key()), List.of("FLUSHALL"))) {
            assertThat(points()).isEqualTo(100);

            // When
            redis.execute(loss.getFirst(), loss.subList(1, loss.size()).toArray(String[]::new))
                    .await()
                    .atMost(LONG);

            // Then
            assertThat(points()).isEqualTo(100);
            assertThat(field("points")).isEqualTo("100");
            assertThat(field("complete")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("I1: the whole of Redis is lost in traffic, and comes back empty")
    void withoutRedisBalancesAreReadFromPostgres() {
        // Given
        grant(100);
        assertThat(points()).isEqualTo(100);

        // When
        OwnRedis.end();
        try {
            grant(1);

            // Then
            assertThat(points()).isEqualTo(101);
            spend(1);
            assertThat(points()).isEqualTo(100);
            grant(5);
        } finally {
            OwnRedis.begin();
        }
        assertThat(points()).isEqualTo(105);
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            assertThat(points()).isEqualTo(105);
            assertThat(field("points")).isEqualTo("105");
        });
    }

    @Test
    @DisplayName("I2: committed, and crashed before Redis was told")
    void whatWasCommittedReachesRedisByTheOutbox() {
        // Given
        grant(100);
        assertThat(points()).isEqualTo(100);

        // When: a commit after which this process writes nothing to Redis itself
        grant(11);

        // Then
        Awaitility.await().atMost(LONG).until(() -> field("points").equals("111"));
        assertThat(points()).isEqualTo(111);
    }

    @Test
    @DisplayName("I2: two commits race their writes, a stale one is refused")
    void theNewestWriteStaysWhateverTheOrder() {
        // Given
        Random random = new Random(7);
        List<Long> versions =
                new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
        Collections.shuffle(versions, random);

        // When
        CompletableFuture.allOf(versions.stream()
                        .map(seq -> Uni.createFrom()
                                .deferred(() ->
                                        cache.write(user, List.of(new UnitBalance("points", seq * 10, seq)), false))
                                .onFailure()
                                .retry()
                                .atMost(100)
                                .subscribeAsCompletionStage())
                        .toArray(CompletableFuture[]::new))
                .join();
        cache.write(user, List.of(new UnitBalance("points", 1, 1), new UnitBalance("credits", 0, 0)), true)
                .await()
                .atMost(LONG);

        // Then
        assertThat(field("points")).isEqualTo("2000");
        assertThat(points()).isEqualTo(2_000);
    }

    @Test
    @DisplayName("I3: the resync runs in traffic, over what is wrong")
    void resyncingInTrafficMendsWhatIsWrongAndLosesNothing() {
        // Given: an amount that was never booked under its version, and a version that was never booked
        grant(100);
        assertThat(points()).isEqualTo(100);
        Awaitility.await().atMost(LONG).until(() -> field("points").equals("100"));
        redis.execute("HSET", key(), "points", "9999").await().atMost(LONG);
        resync();
        assertThat(points()).isEqualTo(100);
        redis.execute("HSET", key(), "points", "8888", "points:seq", "77")
                .await()
                .atMost(LONG);

        // When
        for (int i = 0; i < 20; i++) {
            grant(1);
            resync();
        }

        // Then
        assertThat(points()).isEqualTo(120);
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(resync()).isZero());
        assertThat(points()).isEqualTo(120);
    }

    @Test
    void whoSpendsReadsTheirOwnSpend() {
        // Given
        grant(100);
        for (int left = 99; left > 80; left--) {
            // When
            spend(1);

            // Then
            assertThat(points()).isEqualTo(left);
        }
    }

    /** How much was wrong. */
    private int resync() {
        return given().auth()
                .oauth2(StripeDouble.operatorToken())
                .post("/api/admin/ledger/balances/resync")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("wrong");
    }

    private void spend(int amount) {
        given().auth()
                .oauth2(StripeDouble.userToken(user))
                .header("Idempotency-Key", UUID.randomUUID())
                .contentType("application/json")
                .body("{\"amount\":" + amount + "}")
                .post("/api/points/spend")
                .then()
                .statusCode(200);
    }

    private void grant(long amount) {
        pool.withTransaction(transaction -> journal.post(
                        transaction, List.of(Grants.of(UUID.randomUUID().toString(), user, "points", amount))))
                .await()
                .atMost(LONG);
    }

    private long points() {
        return given().auth()
                .oauth2(StripeDouble.userToken(user))
                .get("/api/balances")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("balances.find { it.unit == 'points' }.amount");
    }

    private String field(String name) {
        return String.valueOf(redis.execute("HGET", key(), name).await().atMost(LONG));
    }

    private String key() {
        return "quittance:balances:" + user;
    }
}
