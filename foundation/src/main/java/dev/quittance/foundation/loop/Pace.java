package dev.quittance.foundation.loop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a loop takes its next turn.
 *
 * @param first how long after the start
 * @param again how long after a turn that found work, or in whose middle the loop was woken
 * @param idle how long after a turn that found nothing to do
 * @param retry how long after turns that failed
 */
public record Pace(Duration first, Duration again, Duration idle, Backoff retry) {
    static final Duration AT_ONCE = Duration.ofMillis(1);

    public Pace {
        requireNonNull(first, "first is null");
        requireNonNull(again, "again is null");
        requireNonNull(idle, "idle is null");
        requireNonNull(retry, "retry is null");
    }

    /**
     * Looks at once when it starts and when it found work, and else whenever that time has passed, whether it failed or found
     * nothing.
     */
    public static Pace idling(Duration idle) {
        return new Pace(AT_ONCE, AT_ONCE, idle, new Backoff(idle, idle));
    }

    /** The first look comes after that time too. */
    public Pace waitingFirst() {
        return new Pace(idle, again, idle, retry);
    }

    /** Rests before it goes on, also when woken, so that under load a turn finds more to do. An idle loop is woken at once. */
    public Pace resting(Duration rest) {
        return new Pace(first, rest, idle, retry);
    }

    /** Fails in its own rhythm. */
    public Pace retrying(Backoff other) {
        return new Pace(first, again, idle, other);
    }
}
