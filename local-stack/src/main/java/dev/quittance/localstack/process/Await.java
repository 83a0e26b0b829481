package dev.quittance.localstack.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for another process, with an end. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Await() {}

    /** Waits until {@code isReady}; fails when {@code process} dies first or the time is over. */
    public static void ready(String name, Process process, Duration atMost, BooleanSupplier isReady) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isReady.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " was not ready within " + atMost.toSeconds() + " s");
            }
            pause(PAUSE);
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
