package dev.quittance.billing.buying;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Spares buyers the wait for somebody who does not answer: after some failures in a row only one in a while is let through. */
final class Circuit {
    private final int failuresMax;
    private final Duration pause;
    private final InstantSource clock;
    private int failures;
    private @Nullable Instant openUntil;

    Circuit(int failuresMax, Duration pause, InstantSource clock) {
        this.failuresMax = failuresMax;
        this.pause = pause;
        this.clock = clock;
    }

    /** Whether to try. Whoever is let through while it is open keeps the others out for another pause. */
    synchronized boolean admits() {
        if (openUntil == null) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(openUntil)) {
            return false;
        }
        openUntil = now.plus(pause);
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
        openUntil = null;
    }

    synchronized void failed() {
        failures++;
        if (failures >= failuresMax) {
            openUntil = clock.instant().plus(pause);
        }
    }
}
