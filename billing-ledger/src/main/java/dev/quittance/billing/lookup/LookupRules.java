package dev.quittance.billing.lookup;

import java.time.Duration;

/** When a question that got no answer is asked again: later each time, and for ever. */
public final class LookupRules {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 20;

    private LookupRules() {}

    public static Duration pause(int attempts, Duration max) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempts - 1L, 0, DOUBLINGS_MAX));
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
