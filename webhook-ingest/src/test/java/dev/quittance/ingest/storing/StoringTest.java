package dev.quittance.ingest.storing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is down is waited for; what can never be stored keeps nobody else. */
class StoringTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<Integer> POLL =
            IntStream.rangeClosed(1, 37).boxed().toList();

    private final List<Integer> stored = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private final List<Throwable> waits = new ArrayList<>();

    @Test
    void aPollIsStoredAtOnceWhereNothingIsWrong() {
        // When
        int count = store(this::insert);

        // Then
        assertThat(count).isEqualTo(37);
        assertThat(stored).isEqualTo(POLL);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whatIsDownIsWaitedForAndNothingIsGivenUp() {
        // Given
        List<Throwable> down = new ArrayList<>(
                List.of(new IOException("reset"), new PgException("", "FATAL", "57P03", ""), new IOException("again")));

        // When
        int count =
                store(poll -> down.isEmpty() ? insert(poll) : Uni.createFrom().failure(down.removeFirst()));

        // Then
        assertThat(count).isEqualTo(37);
        assertThat(waits).hasSize(3);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whatCanNeverBeStoredIsGivenUpAndEverythingElseStored() {
        // Given
        Set<Integer> poison = Set.of(1, 17, 18, 37);

        // When
        int count = store(poll -> poll.stream().anyMatch(poison::contains)
                ? Uni.createFrom().failure(new PgException("", "ERROR", "22021", ""))
                : insert(poll));

        // Then
        assertThat(count).isEqualTo(33);
        assertThat(stored).isSorted().hasSize(33).doesNotContainAnyElementsOf(poison);
        assertThat(givenUp).containsExactly("1 22021", "17 22021", "18 22021", "37 22021");
        assertThat(waits).isEmpty();
    }

    @Test
    void aBugIsNoReasonToWaitForEver() {
        // When
        int count = store(_ -> {
            throw new IllegalStateException("no");
        });

        // Then
        assertThat(count).isZero();
        assertThat(givenUp).hasSize(37);
    }

    private int store(Function<List<Integer>, Uni<Integer>> insert) {
        return new Storing<Integer>(insert, this::giveUp, waits::add, Duration.ofMillis(200))
                .store(POLL)
                .await()
                .atMost(LONG);
    }

    private Uni<Integer> insert(List<Integer> poll) {
        stored.addAll(poll);
        return Uni.createFrom().item(poll.size());
    }

    private Uni<Void> giveUp(Integer one, Throwable failure) {
        givenUp.add(one + " " + (failure instanceof PgException postgres ? postgres.getSqlState() : "?"));
        return Uni.createFrom().voidItem();
    }
}
