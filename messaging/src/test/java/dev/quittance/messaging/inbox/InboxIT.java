package dev.quittance.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Exactly one effect, whatever comes. */
class InboxIT {
    private static final String EFFECTS = "select event_id from billing.effects order by event_id";

    @SuppressWarnings("NullAway.Init")
    private static Probe probe;

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
    void appliesAnEventOnceHoweverOftenItComes() throws Exception {
        // Given
        Inbox<?> inbox = probe.inbox();
        ConsumerRecord<String, byte[]> event = probe.event("e1", "plain");

        // When
        probe.process(inbox, List.of(event, event));
        probe.process(inbox, List.of(event));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
    }

    @Test
    @DisplayName("A1, B4: what two pods get at the same time, as in a rebalance, is applied once")
    void appliesOnceWhatTwoConsumersGetAtTheSameTime() throws Exception {
        // Given
        List<ConsumerRecord<String, byte[]>> events = IntStream.range(0, 300)
                .mapToObj(i -> probe.event("e" + i, "plain"))
                .toList();
        List<ConsumerRecord<String, byte[]>> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(7));

        // When
        CompletableFuture.allOf(
                        probe.inbox().process(probe.poll(events)).subscribeAsCompletionStage(),
                        probe.inbox().process(probe.poll(shuffled)).subscribeAsCompletionStage())
                .join();

        // Then
        assertThat(probe.query(EFFECTS)).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("N-03: the same id with another body is kept for people and has no effect")
    void setsAsideTheSameIdWithAnotherBody() throws Exception {
        // Given
        Inbox<?> inbox = probe.inbox();
        probe.process(inbox, List.of(probe.event("e1", "plain")));

        // When
        probe.process(inbox, List.of(probe.event("e1", "other")));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
        assertThat(probe.query("select convert_from(body, 'UTF8') from billing.inbox_conflicts"))
                .containsExactly("other");
    }

    @Test
    @DisplayName("A10: what nobody knows is ignored, and why is written down")
    void recordsWhatItIgnoresWithTheReason() throws Exception {
        // When
        probe.process(probe.inbox(), List.of(probe.event("e1", "nothing")));

        // Then
        assertThat(probe.query("select outcome from billing.inbox")).containsExactly("ignored:said-so");
    }

    @Test
    @DisplayName("B5, N-17: an event that always fails is laid aside, and the 499 beside it are applied")
    void laysPoisonAsideAndAppliesTheOther499() throws Exception {
        // Given
        List<ConsumerRecord<String, byte[]>> events = new ArrayList<>(IntStream.range(0, 499)
                .mapToObj(i -> probe.event("e" + i, "plain"))
                .toList());
        events.add(137, probe.event("poison-1", "plain"));

        // When
        probe.process(probe.inbox(), events);

        // Then
        assertThat(probe.query(EFFECTS)).hasSize(499);
        assertThat(letters()).anySatisfy(letter -> {
            assertThat(header(letter, Headers.CE_ID)).isEqualTo("poison-1");
            assertThat(header(letter, Headers.DEAD_CODE)).isEqualTo("SQL_23514");
        });
    }

    @Test
    void laysAsideWhatCannotBeRead() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> bare =
                new ConsumerRecord<>(probe.config.topicPrefix().orElse("") + Probe.TOPIC, 0, 7, "k", new byte[0]);

        // When
        probe.process(probe.inbox(), List.of(probe.event("u1", "unreadable"), bare, probe.event("e1", "plain")));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
        assertThat(letters().stream().map(letter -> header(letter, Headers.DEAD_CODE)))
                .contains("UNREADABLE", "NOT_OURS");
    }

    @Test
    @DisplayName("A3, B1: what failed once because the database was away is applied once, and nothing is laid aside")
    void waitsForADatabaseThatWentAway() throws Exception {
        // When
        probe.process(probe.inbox(), List.of(probe.event("e1", "plain"), probe.event("e2", "drop")));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1", "e2");
    }

    @Test
    @DisplayName("B6: what waits for another event is applied in the transaction that brings it")
    void appliesWhatWaitedInTheTransactionThatBringsIt() throws Exception {
        // Given
        Inbox<?> inbox = probe.inbox();
        probe.process(inbox, List.of(probe.event("n1", "need:x"), probe.event("n2", "need:y")));
        List<String> before = probe.query(EFFECTS);

        // When
        probe.process(inbox, List.of(probe.event("b1", "bring:x")));

        // Then
        assertThat(before).isEmpty();
        assertThat(probe.query(EFFECTS)).containsExactly("b1", "n1");
        assertThat(probe.query("select waits_for from billing.parked")).containsExactly("y");
    }

    @Test
    void releasesWithinOneBatchInAnyOrder() throws Exception {
        // When
        probe.process(probe.inbox(), List.of(probe.event("n1", "need:x"), probe.event("b1", "bring:x")));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("b1", "n1");
        assertThat(probe.query("select event_id from billing.parked")).isEmpty();
    }

    @Test
    void neverMissesWhatIsBroughtWhileItDecidesToWait() throws Exception {
        // Given
        Inbox<?> waiting = probe.inbox();
        Inbox<?> bringing = probe.inbox();

        // When
        CompletableFuture<?>[] rounds = IntStream.range(0, 150)
                .boxed()
                .flatMap(i -> Stream.of(
                        waiting.process(probe.poll(List.of(probe.event("n" + i, "need:s" + i)))),
                        bringing.process(probe.poll(List.of(probe.event("b" + i, "bring:s" + i))))))
                .map(work -> work.subscribeAsCompletionStage())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(rounds).join();

        // Then
        assertThat(probe.query("select event_id from billing.parked")).isEmpty();
        assertThat(probe.query(EFFECTS)).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void doesNotBuryAnEventForThePoisonThatWaitedForIt() throws Exception {
        // Given
        Inbox<?> inbox = probe.inbox();
        probe.process(
                inbox,
                List.of(probe.event("n1", "need:x"), probe.event("poison-2", "need:x"), probe.event("n2", "need:x")));

        // When
        probe.process(inbox, List.of(probe.event("b1", "bring:x")));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("b1", "n1", "n2");
        assertThat(letters().stream().map(letter -> header(letter, Headers.CE_ID)))
                .contains("poison-2");
        assertThat(probe.query("select event_id from billing.parked")).isEmpty();
    }

    @Test
    @DisplayName("A5, N-02: after 70 hours, 20 days and a year a redelivery is still a duplicate")
    void neverForgetsWhatItApplied() throws Exception {
        // Given
        Inbox<?> inbox = probe.inbox();
        probe.process(inbox, List.of(probe.event("e1", "plain")));

        // When
        for (String age : List.of("70 hours", "20 days", "1 year")) {
            probe.sql("update billing.inbox set recorded_at = now() - interval '" + age + "'");
            probe.process(inbox, List.of(probe.event("e1", "plain")));
        }

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
    }

    @Test
    @DisplayName("B2: a worker that dies after it claimed leaves no claim behind")
    void aClaimDiesWithItsWorker() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> event = probe.event("e1", "plain");
        InboxStore store = new InboxStore("billing", Topics.BILLING, probe.config.lockBuckets());
        Incoming incoming = Incoming.of(event, Probe.TOPIC).orElseThrow();
        CompletableFuture<?> dying = probe.pool
                .withTransaction(sql -> store.claim(
                                sql, store.claims(List.of(new InboxStore.Claim(incoming, "applied"))))
                        .chain(() -> sql.query("select pg_terminate_backend(pg_backend_pid())")
                                .execute()))
                .subscribeAsCompletionStage();

        // When
        assertThat(dying.handle((_, failure) -> failure != null).join()).isTrue();
        probe.process(probe.inbox(), List.of(event));

        // Then
        assertThat(probe.query(EFFECTS)).containsExactly("e1");
    }

    @Test
    @DisplayName("B3: two services that read the same event apply it once each")
    void eachGroupHasItsOwnClaim() throws Exception {
        // Given
        Inbox<?> first = probe.inbox();
        Inbox<?> second = probe.inboxOf("voucher-service");

        // When
        for (int i = 0; i < 2; i++) {
            probe.process(first, List.of(probe.event("e1", "plain")));
            probe.process(second, List.of(probe.event("e1", "plain")));
        }

        // Then
        assertThat(probe.query("select consumer_group from billing.inbox order by 1"))
                .containsExactly(Topics.BILLING, "voucher-service");
        assertThat(probe.query(EFFECTS)).containsExactly("e1", "e1");
    }

    private static List<ConsumerRecord<String, byte[]>> letters() {
        return probe.read(Topics.deadLetters(Probe.TOPIC, Topics.BILLING), 1);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
