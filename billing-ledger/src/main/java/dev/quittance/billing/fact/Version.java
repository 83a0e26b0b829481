package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Which of two sights of an object counts. Total, so that any order of events ends in the same row; the mirror's SQL
 * compares the same way.
 *
 * @param rank a lasting state outranks a passing one, whatever the clocks say
 * @param at the event's time, in whole seconds, so no proof of order by itself
 * @param step how far on the state is, for events of the same second
 * @param eventId what is left to decide by
 */
public record Version(int rank, Instant at, int step, String eventId) implements Comparable<Version> {
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::rank)
            .thenComparing(Version::at)
            .thenComparingInt(Version::step)
            .thenComparing(Version::eventId);

    public Version {
        Objects.requireNonNull(at, "at is null");
        Objects.requireNonNull(eventId, "eventId is null");
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
