package dev.quittance.endtoend.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When each transaction of an arm began and how many events it claimed, as the database itself wrote it down: measuring costs
 * the measured nothing, and both arms are read from the same clock.
 */
record Timeline(List<Batch> batches) {
    Timeline {
        batches = List.copyOf(batches);
    }

    /** One transaction. */
    record Batch(Instant begun, int events) {}

    /**
     * The part that counts.
     *
     * @param from when its first transaction began
     * @param to when the first one after it began
     */
    record Window(Instant from, Instant to, long events, long transactions) {
        Duration length() {
            return Duration.between(from, to);
        }

        double eventsPerSecond() {
            return events * 1e9 / length().toNanos();
        }

        double eventsPerTransaction() {
            return (double) events / transactions;
        }
    }

    /** From the first transaction after the warm-up to the beginning of the last one, whose end nobody wrote down. */
    Window afterWarmUp(int warmUp) {
        int first = 0;
        for (long seen = 0; first < batches.size() && seen < warmUp; first++) {
            seen += batches.get(first).events();
        }
        int last = batches.size() - 1;
        if (last - first < 1) {
            throw new BenchFailure("too few transactions came after the warm-up to measure anything");
        }
        long events =
                batches.subList(first, last).stream().mapToLong(Batch::events).sum();
        return new Window(batches.get(first).begun(), batches.get(last).begun(), events, last - first);
    }
}
