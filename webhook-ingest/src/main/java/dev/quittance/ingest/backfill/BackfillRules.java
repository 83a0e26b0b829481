package dev.quittance.ingest.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a backfill goes from a page, and when it will be there. */
final class BackfillRules {
    private static final int ALL_PERCENT = 100;

    private BackfillRules() {}

    /**
     * @param last the page's last object
     */
    static Place next(Backfill backfill, @Nullable String last, boolean hasMore) {
        Place place = backfill.place();
        if (hasMore && last != null) {
            return new Place(place.state(), place.position(), last);
        }
        if (place.position() < backfill.subjects().size()) {
            return new Place(place.state(), place.position() + 1, null);
        }
        return place.state() == State.COUNTING && !backfill.dryRun()
                ? new Place(State.PUBLISHING, 1, null)
                : new Place(State.DONE, place.position(), null);
    }

    /** Of what was counted; null while it counts. */
    static @Nullable Integer percent(Backfill backfill) {
        if (backfill.place().state() == State.COUNTING) {
            return null;
        }
        long counted = counted(backfill);
        // What was made since it was counted is listed too.
        return counted == 0
                ? Integer.valueOf(ALL_PERCENT)
                : Integer.valueOf(Math.toIntExact(Math.min(ALL_PERCENT, ALL_PERCENT * handled(backfill) / counted)));
    }

    static Optional<Instant> expectedAt(Backfill backfill, Instant now) {
        Instant since = backfill.publishingSince();
        long handled = handled(backfill);
        if (backfill.place().state() != State.PUBLISHING || since == null || handled == 0) {
            return Optional.empty();
        }
        long left = Math.max(0, counted(backfill) - handled);
        return Optional.of(
                now.plus(Duration.between(since, now).multipliedBy(left).dividedBy(handled)));
    }

    private static long counted(Backfill backfill) {
        return backfill.subjects().stream().mapToLong(Counts::counted).sum();
    }

    private static long handled(Backfill backfill) {
        return backfill.subjects().stream()
                .mapToLong(counts -> counts.published() + counts.unreadable())
                .sum();
    }
}
