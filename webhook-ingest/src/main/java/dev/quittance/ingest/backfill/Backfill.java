package dev.quittance.ingest.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backfill as it is kept.
 *
 * @param account a connected account, empty for our own
 * @param dryRun whether it only counts
 * @param subjects in their order
 */
record Backfill(
        long id,
        String requestedBy,
        String account,
        boolean dryRun,
        Place place,
        int pages,
        List<Counts> subjects,
        int attempts,
        @Nullable String lastFailure,
        Instant startedAt,
        @Nullable Instant publishingSince,
        @Nullable Instant finishedAt) {
    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 16;

    Backfill {
        subjects = List.copyOf(subjects);
    }

    Subject subject() {
        return subjects.get(place.position() - 1).subject();
    }

    /** Twice as long after each attempt that failed. */
    Duration pause(Duration longest) {
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.clamp(attempts - 1, 0, DOUBLINGS_MAX));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
