package dev.quittance.localstack.simulator.webhook;

import java.time.Duration;
import java.util.Objects;

/**
 * How an undelivered event is tried again: Stripe's exponential backoff, scaled down from days to a minute.
 *
 * @param first the wait after the first failure; each further one doubles
 * @param longest the wait never grows beyond it
 * @param giveUpAfter counted from the first attempt; Stripe gives up after three days
 */
public record RetryPolicy(Duration first, Duration longest, Duration giveUpAfter) {
    public static final RetryPolicy SCALED_DOWN =
            new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofDays(3));

    private static final int DOUBLINGS_MAX = 20;

    public RetryPolicy {
        Objects.requireNonNull(giveUpAfter, "giveUpAfter is null");
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first wait is positive and not above the longest");
        }
    }

    /** The wait after so many failed attempts. */
    public Duration waitAfter(int attempts) {
        Duration wait = first.multipliedBy(1L << Math.clamp(attempts - 1L, 0, DOUBLINGS_MAX));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
