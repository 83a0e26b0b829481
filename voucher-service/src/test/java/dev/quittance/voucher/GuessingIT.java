package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.voucher.scene.Broker;
import dev.quittance.voucher.scene.Database;
import dev.quittance.voucher.scene.Frontend;
import dev.quittance.voucher.scene.OwnRedis;
import dev.quittance.voucher.scene.Secrets;
import dev.quittance.voucher.scene.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Guessing over HTTP, with a real Redis and without it. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "voucher"))
@QuarkusTestResource(
        value = OwnRedis.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "quittance.voucher.guessing.per-account", value = "5"),
            @ResourceArg(name = "quittance.voucher.guessing.per-address", value = "12"),
            @ResourceArg(name = "quittance.voucher.guessing.global-attempts", value = "60"),
            @ResourceArg(name = "quittance.voucher.guessing.global-window", value = "10s"),
            @ResourceArg(name = "quittance.voucher.guessing.redis-pause", value = "1s")
        })
@QuarkusTestResource(Secrets.class)
class GuessingIT {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final String WRONG = "0000-0000-0000-0012";
    private static final int PER_ACCOUNT = 5;
    private static final int PER_ADDRESS = 12;

    private final Database database = Database.ofTheService();

    private Broker broker;

    @Inject
    MeterRegistry metrics;

    private String address = "";

    @BeforeEach
    void listen() {
        broker = new Broker();
        address = "198.51.100." + ADDRESSES.incrementAndGet();
    }

    @AfterEach
    void leave() {
        broker.close();
    }

    @Test
    @DisplayName("G8: an account that guesses is stopped, before anything of the code is looked at")
    void anAccountThatGuessesIsStopped() {
        // Given
        Database.Holder buyer = database.holder();
        String right = Frontend.code(broker, buyer);
        List<String> guesses = List.of(WRONG, "0000-0000-0000-0000", "nonsense", "", "U".repeat(100));

        // When
        List<Integer> statuses = guesses.stream()
                .map(code -> redeem(buyer.userId(), code).statusCode())
                .toList();
        Response limited = redeem(buyer.userId(), right);

        // Then
        assertThat(statuses).containsOnly(404);
        Frontend.problem(limited.then(), 429, "TOO_MANY_ATTEMPTS");
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 600);
        assertThat(database.column("select status from voucher.vouchers where owner_user_id = ?", buyer.userId()))
                .containsExactly("active");
    }

    @Test
    void whoRedeemsWhatIsRightIsNotCounted() {
        // Given
        Database.Holder buyer = database.holder();

        for (int i = 0; i < PER_ACCOUNT + 3; i++) {
            // When
            Response redeemed = redeem(buyer.userId(), Frontend.code(broker, buyer));

            // Then
            assertThat(redeemed.statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("G8: an address from which many accounts guess is stopped, and no other address")
    void anAddressFromWhichManyGuessIsStopped() {
        // When
        List<Integer> statuses = IntStream.range(0, PER_ADDRESS + 1)
                .mapToObj(_ -> redeem(UUID.randomUUID(), WRONG).statusCode())
                .toList();

        // Then
        assertThat(statuses.subList(0, PER_ADDRESS)).containsOnly(404);
        assertThat(statuses.getLast()).isEqualTo(429);
        address = "198.51.100.250";
        assertThat(redeem(UUID.randomUUID(), WRONG).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @DisplayName("G8: when most of all attempts fail, the limits are tightened and people are told")
    void whenMostAttemptsFailTheLimitsAreTightened() {
        // Given
        // Given
        double before = metrics.counter("voucher.guessing.alerts").count();

        // When / Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (int i = 0; i < 70; i++) {
                address = "203.0.113." + i;
                redeem(UUID.randomUUID(), WRONG);
            }
            UUID guesser = UUID.randomUUID();
            address = "100.64.0." + ADDRESSES.incrementAndGet();
            redeem(guesser, WRONG);
            assertThat(redeem(guesser, WRONG).statusCode()).isEqualTo(429);
            assertThat(metrics.counter("voucher.guessing.alerts").count()).isGreaterThan(before);
        });
    }

    @Test
    @DisplayName("G8: without Redis Postgres counts, and with it Redis again")
    void withoutRedisPostgresCounts() {
        // Given
        Database.Holder buyer = database.holder();
        String right = Frontend.code(broker, buyer);
        UUID guesser = UUID.randomUUID();
        OwnRedis.end();

        // When
        List<Integer> statuses = IntStream.range(0, PER_ACCOUNT + 1)
                .mapToObj(_ -> redeem(guesser, WRONG).statusCode())
                .toList();

        // Then
        assertThat(statuses.subList(0, PER_ACCOUNT)).containsOnly(404);
        assertThat(statuses.getLast()).isEqualTo(429);
        assertThat(database.count("select count(*) from voucher.guess_counters"))
                .isGreaterThanOrEqualTo(3);
        assertThat(database.column("select bucket from voucher.guess_counters"))
                .noneMatch(bucket -> bucket.contains(guesser.toString()) || bucket.contains(address));
        assertThat(redeem(buyer.userId(), right).statusCode()).isEqualTo(200);
        OwnRedis.begin();
        redisIsBack();
        assertThat(redeem(guesser, WRONG).statusCode()).isEqualTo(404);
    }

    /** Waits until an attempt leaves no trace in Postgres. */
    private void redisIsBack() {
        String own = address;
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    address = "192.0.2." + ADDRESSES.incrementAndGet() % 250;
                    database.execute("delete from voucher.guess_counters");
                    redeem(UUID.randomUUID(), WRONG);
                    return database.count("select count(*) from voucher.guess_counters") == 0;
                });
        address = own;
    }

    private Response redeem(UUID user, String code) {
        return Frontend.as(user)
                .header("X-Forwarded-For", address)
                .auth()
                .oauth2(Tokens.of(user))
                .body(Map.of("code", code))
                .post("/api/vouchers/redeem");
    }
}
