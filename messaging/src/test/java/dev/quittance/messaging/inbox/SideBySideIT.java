package dev.quittance.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that apply at once what has nothing to do with each other. */
class SideBySideIT {
    private static final int MANY = 1 << 30;
    private static final int SUBJECTS_OF_A_POLL = 1_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private Probe probe;

    @BeforeEach
    void open() throws Exception {
        probe = new Probe();
    }

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void fullPollsWithNothingInCommonDoNotWaitForEachOther() throws Exception {
        // Given
        InboxStore store = new InboxStore("billing", Topics.BILLING, MANY);
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> first = locked(store, "a", () -> {
            begun.complete(null);
            return Uni.createFrom().completionStage(end);
        });
        begun.get(SOON.toSeconds(), TimeUnit.SECONDS);

        // When
        CompletableFuture<Void> second =
                locked(store, "b", () -> Uni.createFrom().voidItem());

        // Then
        second.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(first).isNotDone();
        end.complete(null);
        first.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> locked(InboxStore store, String kind, Supplier<Uni<Void>> work) {
        Set<String> subjects = IntStream.range(0, SUBJECTS_OF_A_POLL)
                .mapToObj(i -> kind + ":" + i)
                .collect(Collectors.toSet());
        return probe.pool
                .withTransaction(sql ->
                        store.lock(sql, store.locks(subjects)).chain(work::get).replaceWithVoid())
                .subscribeAsCompletionStage()
                .toCompletableFuture();
    }
}
