package dev.quittance.foundation.loop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Waits twice as long after each failure, up to a limit and for ever: what is down is neither given up nor hurried.
 *
 * @param first the pause after the first failure
 * @param max no pause is longer
 */
public record Backoff(Duration first, Duration max) {
    /** Beyond it every pause would be longer than any limit. */
    private static final int DOUBLINGS_MAX = 20;

    public Backoff {
        requireNonNull(first, "first is null");
        requireNonNull(max, "max is null");
    }

    /**
     * How long to wait.
     *
     * @param attempts how often it has failed so far, at least once
     */
    public Duration after(int attempts) {
        int doublings = Math.clamp(attempts - 1L, 0, DOUBLINGS_MAX);
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(max) > 0 ? max : pause;
    }
}
