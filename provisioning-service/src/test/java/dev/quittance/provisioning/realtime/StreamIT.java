package dev.quittance.provisioning.realtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A stream over HTTP, fed by the topics. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class StreamIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int READERS = 1_000;
    private static final int READERS_AT_ONCE = 40;

    @Inject
    Hub hub;

    @TestHTTPResource("/api/stream")
    URI uri = URI.create("");

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final String annsAccount = AccountNumber.draw(new SecureRandom()).digits();

    @Test
    @DisplayName("I5: a user's stream carries the own changes and nobody else's")
    void aStreamBeginsWithASnapshotAndCarriesOwnChangesOnly() throws SQLException {
        // Given
        account(ann, annsAccount);
        tailing();
        try (SseReader reader = open(ann, null)) {
            SseReader.Event snapshot = reader.next();

            // When
            send(new BalanceChanged(bob, "points", 7, 1, Instant.now()));
            send(new VoucherIssued(
                    UUID.randomUUID(), bob, "5555555555554444", "pi_2", 1, VoucherTerm.ofDays(30), Instant.now()));
            send(new BalanceChanged(ann, "points", 5, 1, Instant.now()));
            SseReader.Event balance = reader.next();
            send(new VoucherIssued(
                    UUID.randomUUID(), bob, annsAccount, "pi_1", 1, VoucherTerm.ofDays(30), Instant.now()));
            SseReader.Event voucher = reader.next();

            // Then
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(new JsonObject(snapshot.data()).getJsonObject("account").getString("accountNumber"))
                    .isEqualTo(annsAccount);
            assertThat(balance.name()).isEqualTo("balance");
            assertThat(new JsonObject(balance.data()).getLong("balance")).isEqualTo(5);
            assertThat(balance.id()).isNotEqualTo(snapshot.id());
            assertThat(voucher.name()).isEqualTo("voucher");
            assertThat(reader.poll(Duration.ofMillis(500))).isNull();
            await().atMost(TIMEOUT).until(() -> reader.comments() > 0);
        }
    }

    @Test
    @DisplayName("I4: who comes again is told what was missed, once, and who comes late how things stand")
    void whatWasMissedIsToldOnce() {
        // Given
        tailing();
        String last;
        try (SseReader reader = open(ann, null)) {
            reader.next();
            send(new BalanceChanged(ann, "points", 1, 1, Instant.now()));
            last = reader.next().id();
        }

        // When
        send(new BalanceChanged(ann, "points", 2, 2, Instant.now()));
        send(new BalanceChanged(ann, "points", 3, 3, Instant.now()));

        // Then
        try (SseReader reader = open(ann, last)) {
            assertThat(List.of(reader.next(), reader.next()))
                    .extracting(event -> new JsonObject(event.data()).getLong("balance"))
                    .containsExactly(2L, 3L);
            assertThat(reader.poll(Duration.ofMillis(500))).isNull();
        }
        await().atMost(TIMEOUT).untilAsserted(() -> {
            try (SseReader reader = open(ann, "no-id-of-ours")) {
                JsonObject snapshot = new JsonObject(reader.next().data());
                assertThat(snapshot.getJsonArray("states").encode()).contains("\"balance\":3");
            }
        });
    }

    @Test
    void aThousandReadersWhoLeaveLeaveNothingBehind() throws InterruptedException {
        // Given
        tailing();
        Semaphore room = new Semaphore(READERS_AT_ONCE);

        // When
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < READERS; i++) {
                room.acquire();
                readers.execute(() -> {
                    try (SseReader reader = open(UUID.randomUUID(), null)) {
                        reader.next();
                    } finally {
                        room.release();
                    }
                });
            }
        }

        // Then
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(hub.held()).containsOnly(0));
    }

    @Test
    void aUserHasOnlySoManyStreams() {
        // Given
        tailing();
        List<SseReader> readers = java.util.stream.IntStream.range(0, 20)
                .mapToObj(_ -> {
                    SseReader reader = open(ann, null);
                    reader.next();
                    return reader;
                })
                .toList();
        await().atMost(TIMEOUT).until(() -> hub.held().getFirst() >= 20);

        // Then
        given().auth()
                .oauth2(new Tokens(privateKey).user(ann))
                .get("/api/stream")
                .then()
                .statusCode(429)
                .body("code", equalTo("TOO_MANY_STREAMS"));
        readers.forEach(SseReader::close);
    }

    @Test
    void withoutATokenThereIsNoStream() {
        given().get("/api/stream").then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
    }

    private void tailing() {
        await().atMost(TIMEOUT).until(() -> hub.positions().next().length > 0);
    }

    private SseReader open(UUID user, @Nullable String lastEventId) {
        return SseReader.open(client, uri, new Tokens(privateKey).user(user), lastEventId);
    }

    private void send(DomainEvent event) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(prefix + event.topic(), event.key(), EventCodec.write(event));
            record.headers()
                    .add(Headers.CE_TYPE, event.type().getBytes(StandardCharsets.UTF_8))
                    .add(Headers.CE_ID, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void account(UUID user, String number) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into auth.users (id, email) values ('" + user + "', '" + user + "@example.com')");
            statement.execute("insert into provisioning.accounts (user_id, account_number) values ('" + user + "', '"
                    + number + "')");
        }
    }
}
