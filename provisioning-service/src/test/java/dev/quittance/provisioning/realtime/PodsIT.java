package dev.quittance.provisioning.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.provisioning.http.TokenIssuer;
import dev.quittance.provisioning.http.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** This process is one pod; beside it is another one's hub and tail, over the same broker. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
@QuarkusTestResource(TokenIssuer.class)
class PodsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int EVENTS = 20;

    @Inject
    Hub here;

    @Inject
    StreamConfig config;

    @Inject
    DeliveryConfig delivery;

    @TestHTTPResource("/api/stream")
    URI uri = URI.create("");

    @Inject
    @ConfigProperty(name = TokenIssuer.PRIVATE_KEY)
    String privateKey;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private @Nullable Hub there;
    private @Nullable TopicTail tail;

    /** A stream on the other pod. */
    private record Remote(Hub hub, Hub.Connection connection, BlockingQueue<KeptChanges.Told> told) {
        static Remote open(Hub hub, UUID user, Positions from) {
            BlockingQueue<KeptChanges.Told> told = new LinkedBlockingQueue<>();
            Hub.Connection connection = new Hub.Connection(user, null, from, told::add);
            assertThat(hub.connect(connection)).isTrue();
            return new Remote(hub, connection, told);
        }

        List<String> data() {
            return told.stream().map(one -> one.change().json()).toList();
        }

        void close() {
            hub.disconnect(connection);
        }
    }

    @BeforeEach
    void startTheOtherPod() {
        Hub hub = new Hub(config, new SimpleMeterRegistry());
        TopicTail reading = new TopicTail(hub, config, delivery, Map.of("bootstrap.servers", kafka));
        reading.start(new StartupEvent());
        there = hub;
        tail = reading;
        await().atMost(TIMEOUT)
                .until(() ->
                        here.positions().next().length > 0 && hub.positions().next().length > 0);
    }

    @AfterEach
    void stopTheOtherPod() {
        if (tail != null) {
            tail.stop(new ShutdownEvent());
        }
    }

    @Test
    @DisplayName(
            "I4, I5: of two pods each sends a user's events to that user's streams on it, once, and to nobody else's")
    void eachPodSendsAUsersEventsToThatUsersStreams() {
        // Given
        Hub other = other();
        Remote annsThere = Remote.open(other, ann, other.positions());
        Remote bobsThere = Remote.open(other, bob, other.positions());
        try (SseReader annsHere = open(ann, null);
                SseReader bobsHere = open(bob, null)) {
            annsHere.next();
            bobsHere.next();

            // When
            for (int i = 1; i <= EVENTS; i++) {
                send(new BalanceChanged(ann, "points", i, i, Instant.now()));
                send(new BalanceChanged(bob, "points", -i, i, Instant.now()));
            }
            List<Long> annHeard = heard(annsHere);
            List<Long> bobHeard = heard(bobsHere);
            await().atMost(TIMEOUT)
                    .until(() -> annsThere.told().size() >= EVENTS
                            && bobsThere.told().size() >= EVENTS);

            // Then
            List<Long> expected =
                    IntStream.rangeClosed(1, EVENTS).mapToObj(i -> (long) i).toList();
            assertThat(annHeard).isEqualTo(expected);
            assertThat(bobHeard).isEqualTo(expected.stream().map(i -> -i).toList());
            assertThat(annsHere.poll(Duration.ofMillis(300))).isNull();
            assertThat(bobsHere.poll(Duration.ofMillis(10))).isNull();
            assertThat(balances(annsThere)).isEqualTo(expected);
            assertThat(balances(bobsThere))
                    .isEqualTo(expected.stream().map(i -> -i).toList());
        }
        annsThere.close();
        bobsThere.close();
        assertThat(other.held()).containsOnly(0);
    }

    @Test
    @DisplayName("I4: who was on one pod goes on at another where it was, without a gap and without a repetition")
    void aStreamGoesOnAtAnotherPod() {
        // Given
        String last;
        try (SseReader first = open(ann, null)) {
            first.next();
            send(new BalanceChanged(ann, "points", 1, 1, Instant.now()));
            last = first.next().id();
        }

        // When
        send(new BalanceChanged(bob, "points", 9, 1, Instant.now()));
        send(new BalanceChanged(ann, "points", 2, 2, Instant.now()));
        Hub other = other();
        Positions resumed = other.read(last).orElseThrow();
        Remote there = Remote.open(other, ann, resumed);
        send(new BalanceChanged(ann, "points", 3, 3, Instant.now()));

        // Then
        await().atMost(TIMEOUT).until(() -> there.told().size() >= 2);
        assertThat(balances(there)).containsExactly(2L, 3L);

        // And when
        String lastThere = there.told().stream().toList().getLast().at().text();
        there.close();
        send(new BalanceChanged(ann, "points", 4, 4, Instant.now()));

        // Then
        try (SseReader back = open(ann, lastThere)) {
            assertThat(new JsonObject(back.next().data()).getLong("balance")).isEqualTo(4);
            assertThat(back.poll(Duration.ofMillis(300))).isNull();
        }
    }

    @Test
    @DisplayName("An order's new state reaches its buyer's streams on every pod, and nobody else's")
    void anOrdersStateReachesItsBuyer() {
        // Given
        UUID order = UUID.randomUUID();
        Hub other = other();
        Remote annsThere = Remote.open(other, ann, other.positions());
        Remote bobsThere = Remote.open(other, bob, other.positions());
        try (SseReader annsHere = open(ann, null);
                SseReader bobsHere = open(bob, null)) {
            annsHere.next();
            bobsHere.next();

            // When
            send(new OrderStatusChanged(order, ann, "pending", "paid", 2, Instant.now()));
            SseReader.Event event = annsHere.next();
            await().atMost(TIMEOUT).until(() -> !annsThere.told().isEmpty());

            // Then
            assertThat(event.name()).isEqualTo("order");
            assertThat(new JsonObject(event.data()).getString("status")).isEqualTo("paid");
            assertThat(new JsonObject(event.data()).getString("orderId")).isEqualTo(order.toString());
            assertThat(annsThere.data()).hasSize(1).allMatch(json -> json.contains(order.toString()));
            assertThat(bobsHere.poll(Duration.ofMillis(300))).isNull();
            assertThat(bobsThere.told()).isEmpty();
        }
        await().atMost(TIMEOUT).untilAsserted(() -> {
            try (SseReader late = open(ann, null)) {
                assertThat(late.next().data()).contains(order.toString()).contains("paid");
            }
        });
        annsThere.close();
        bobsThere.close();
    }

    private Hub other() {
        return Objects.requireNonNull(there);
    }

    private static List<Long> heard(SseReader reader) {
        return IntStream.range(0, EVENTS)
                .mapToObj(_ -> new JsonObject(reader.next().data()).getLong("balance"))
                .toList();
    }

    private static List<Long> balances(Remote remote) {
        return remote.data().stream()
                .map(json -> new JsonObject(json).getLong("balance"))
                .toList();
    }

    private SseReader open(UUID user, @Nullable String lastEventId) {
        return SseReader.open(client, uri, new Tokens(privateKey).user(user), lastEventId);
    }

    private void send(DomainEvent event) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    delivery.topicPrefix().orElse("") + event.topic(), event.key(), EventCodec.write(event));
            record.headers()
                    .add(Headers.CE_TYPE, event.type().getBytes(StandardCharsets.UTF_8))
                    .add(Headers.CE_ID, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
