package dev.quittance.voucher.guessing;

import java.time.Duration;

/** How often was tried, this attempt included, and how long each count still stands. */
record Counts(Count account, Count address, Count all, long failures) {
    record Count(long attempts, Duration left) {}
}
