package dev.quittance.ingest.storing;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.failure.Failures;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Stores polls. While something is down it is tried again without end; what fails by its own fault is found by halving, so that
 * one record that the database will never take does not keep the others, nor those behind it, waiting for ever.
 *
 * @param insert stores all of them or none, and says how many were new; what is there already is not stored again
 * @param giveUp what becomes of one that can never be stored
 * @param waits is told each time that it has to wait
 * @param pauseMax the longest pause between two tries
 */
public record Storing<T>(
        Function<List<T>, Uni<Integer>> insert,
        BiFunction<T, Throwable, Uni<Void>> giveUp,
        Consumer<Throwable> waits,
        Duration pauseMax) {
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);

    public Storing {
        requireNonNull(insert, "insert is null");
        requireNonNull(giveUp, "giveUp is null");
        requireNonNull(waits, "waits is null");
        requireNonNull(pauseMax, "pauseMax is null");
    }

    /** Completes when each is stored or given up; how many were new. */
    public Uni<Integer> store(List<T> poll) {
        return Uni.createFrom()
                .deferred(() -> insert.apply(poll))
                .onFailure(Failures::isTransient)
                .invoke(waits)
                .onFailure(Failures::isTransient)
                .retry()
                .withBackOff(PAUSE_MIN, pauseMax)
                .indefinitely()
                .onFailure()
                .recoverWithUni(failure -> poll.size() > 1
                        ? halves(poll)
                        : giveUp.apply(poll.getFirst(), failure).replaceWith(0));
    }

    private Uni<Integer> halves(List<T> poll) {
        int middle = poll.size() / 2;
        return store(poll.subList(0, middle))
                .chain(first -> store(poll.subList(middle, poll.size())).map(second -> first + second));
    }
}
