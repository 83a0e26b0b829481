package dev.quittance.billing.spending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.Posted;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.testing.Grants;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.ManyConnections;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many at once on the same accounts. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@WithTestResource(ManyConnections.class)
@SuppressWarnings("NullAway.Init")
class SpendRaceIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int EVENTS = 100_000;
    private static final int BATCH_MAX = 1_000;

    @Inject
    SpendHandler spends;

    @Inject
    JournalStore journal;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void asManySpendsSucceedAsTheBalanceHasPrices() throws Exception {
        // Given
        UUID user = UUID.randomUUID();
        ledger.addUser(user);
        post(List.of(Grants.of("g", user, "credits", 1_000)));

        // When
        List<Future<SpendOutcome>> outcomes = new ArrayList<>();
        try (ExecutorService buyers = Executors.newFixedThreadPool(ManyConnections.CONNECTIONS)) {
            for (int i = 0; i < 300; i++) {
                Spend spend = new Spend(user, "k" + i, "credits", 7, null, null);
                outcomes.add(buyers.submit(() -> spends.spend(spend).await().atMost(LONG)));
            }
        }

        // Then
        int booked = 0;
        for (Future<SpendOutcome> outcome : outcomes) {
            switch (outcome.get()) {
                case SpendOutcome.Spent _ -> booked++;
                case SpendOutcome.Insufficient refused ->
                    assertThat(refused.balance()).isLessThan(7);
                case SpendOutcome.KeyReused() -> throw new AssertionError("a key of its own");
            }
        }
        assertThat(booked).isEqualTo(1_000 / 7);
        assertThat(ledger.rows("select credits - debits from billing.balances where floored"))
                .containsExactly("6");
        assertThat(ledger.rows("select count(*) from billing.journal_entries where rule = 'spend'"))
                .containsExactly("142");
    }

    @Test
    void oneKeyAtOnceFromEverywhereIsOneSpend() throws Exception {
        // Given
        UUID user = UUID.randomUUID();
        ledger.addUser(user);
        post(List.of(Grants.of("g", user, "credits", 1_000)));
        Spend spend = new Spend(user, "k", "credits", 10, null, null);

        // When
        List<CompletableFuture<SpendOutcome>> outcomes = IntStream.range(0, ManyConnections.CONNECTIONS)
                .mapToObj(_ -> spends.spend(spend).subscribeAsCompletionStage())
                .toList();
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();

        // Then
        assertThat(outcomes.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(ledger.rows("select credits - debits from billing.balances where floored"))
                .containsExactly("990");
    }

    @Test
    void oneHotAccountAndFiftyCustomersNeitherDeadlockNorDrift() throws Exception {
        // Given
        long seed = System.nanoTime();
        System.out.println("seed of oneHotAccountAndFiftyCustomersNeitherDeadlockNorDrift: " + seed);
        Random random = new Random(seed);
        List<UUID> users =
                IntStream.range(0, 50).mapToObj(_ -> UUID.randomUUID()).toList();
        for (UUID user : users) {
            ledger.addUser(user);
        }
        Map<String, Long> expected = new HashMap<>();
        LinkedBlockingQueue<List<Posting>> batches = new LinkedBlockingQueue<>();
        for (int made = 0; made < EVENTS; ) {
            int size = Math.min(1 + random.nextInt(BATCH_MAX), EVENTS - made);
            List<Posting> batch = new ArrayList<>(size);
            for (int i = 0; i < size; i++, made++) {
                UUID user = users.get(random.nextInt(users.size()));
                long amount = 1 + random.nextInt(100);
                expected.merge(user.toString(), amount, Long::sum);
                batch.add(Grants.of("n" + made, user, "points", amount));
            }
            batches.add(batch);
        }

        // When
        try (ExecutorService connections = Executors.newFixedThreadPool(ManyConnections.CONNECTIONS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < ManyConnections.CONNECTIONS; i++) {
                workers.add(connections.submit(() -> drain(batches)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        // Then
        assertThat(ledger.rows("select count(*), sum(amount) from billing.journal_entries"
                        + " join billing.entry_lines using (entry_id) where direction = 'debit'"))
                .containsExactly(EVENTS + "|"
                        + expected.values().stream().mapToLong(Long::longValue).sum());
        assertThat(ledger.rows("select a.user_id, b.credits - b.debits from billing.balances b"
                        + " join billing.ledger_accounts a using (account_id) where b.floored"))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .map(user -> user.getKey() + "|" + user.getValue())
                        .toList());
    }

    private void drain(LinkedBlockingQueue<List<Posting>> batches) {
        for (List<Posting> batch = batches.poll(); batch != null; batch = batches.poll()) {
            post(batch);
        }
    }

    private Posted post(List<Posting> postings) {
        return pool.withTransaction(transaction -> journal.post(transaction, postings))
                .await()
                .atMost(LONG);
    }
}
