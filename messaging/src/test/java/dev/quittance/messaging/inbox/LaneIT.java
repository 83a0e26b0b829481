package dev.quittance.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.sqlclient.SqlConnection;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second poll is read while the first is applied, and nothing is acknowledged before its commit. */
class LaneIT {
    private static final String EFFECTS = "select event_id from billing.effects order by id";
    private static final Duration LONG = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static Probe probe;

    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final ProbeHandler handler = new ProbeHandler();

    @BeforeAll
    static void start() throws Exception {
        probe = new Probe();
    }

    @AfterAll
    static void stop() {
        probe.close();
    }

    @BeforeEach
    void empty() throws Exception {
        probe.sql("truncate billing.effects, billing.brought, billing.inbox, billing.inbox_conflicts, billing.parked");
    }

    @Test
    void readsAPollWhileTheOneBeforeItIsApplied() throws Exception {
        // Given
        Lane<?> lane = probe.inbox(handler).lane();
        SqlConnection other = probe.pool.getConnectionAndAwait();
        other.query("begin; lock table billing.effects in exclusive mode").executeAndAwait();

        // When
        CompletableFuture<Void> first = lane.take(poll("e1")).subscribeAsCompletionStage();
        first.get(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        CompletableFuture<Void> second = lane.take(poll("e2")).subscribeAsCompletionStage();

        // Then
        await().atMost(LONG).untilAsserted(() -> assertThat(handler.reads).hasValue(2));
        assertThat(second).isNotDone();
        assertThat(answers).isEmpty();
        other.query("rollback").executeAndAwait();
        other.closeAndAwait();
        second.get(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        await().atMost(LONG).untilAsserted(() -> assertThat(answers).containsExactly("ack e1", "ack e2"));
        assertThat(probe.query(EFFECTS)).containsExactly("e1", "e2");
    }

    @Test
    void appliesNothingAfterAPollThatCouldNotBeApplied() throws Exception {
        // Given
        Lane<?> lane = probe.inbox(handler).lane(() -> {
            throw new IllegalStateException("cannot go on");
        });

        // When
        lane.take(poll("e1")).await().atMost(LONG);
        CompletableFuture<Void> second = lane.take(poll("e2")).subscribeAsCompletionStage();

        // Then
        await().atMost(LONG).untilAsserted(() -> assertThat(second).isCompletedExceptionally());
        await().atMost(LONG).untilAsserted(() -> assertThat(answers).containsExactly("nack e1", "nack e2"));
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
    }

    @Test
    void whatWasTakenIsAppliedBeforeItClosesAndNothingIsTakenAfter() throws Exception {
        // Given
        Lane<?> lane = probe.inbox(handler).lane();
        SqlConnection other = probe.pool.getConnectionAndAwait();
        other.query("begin; lock table billing.effects in exclusive mode").executeAndAwait();
        lane.take(poll("e1")).await().atMost(LONG);

        // When
        CompletableFuture<Void> closed = lane.close();
        CompletableFuture<Void> late = lane.take(poll("e2")).subscribeAsCompletionStage();

        // Then
        assertThat(closed).isNotDone();
        other.query("rollback").executeAndAwait();
        other.closeAndAwait();
        closed.get(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        assertThat(answers).containsExactly("ack e1");
        assertThat(late).isNotDone();
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
    }

    @Test
    void forgetsAPollThatIsApplied() {
        // Given
        Lane<?> lane = probe.inbox(handler).lane();

        // When
        WeakReference<Object> first = taken(lane, "e1");
        taken(lane, "e2");
        taken(lane, "e3");

        // Then
        await().atMost(LONG).untilAsserted(() -> {
            System.gc();
            assertThat(first.get()).isNull();
        });
    }

    private WeakReference<Object> taken(Lane<?> lane, String id) {
        Message<ConsumerRecords<String, byte[]>> poll = poll(id);
        lane.take(poll).await().atMost(LONG);
        return new WeakReference<>(poll.getPayload());
    }

    private Message<ConsumerRecords<String, byte[]>> poll(String id) {
        return Message.of(probe.poll(List.of(probe.event(id, "plain"))))
                .withAck(() -> answer("ack " + id))
                .withNack(_ -> answer("nack " + id));
    }

    private CompletionStage<Void> answer(String answer) {
        answers.add(answer);
        return CompletableFuture.completedFuture(null);
    }
}
