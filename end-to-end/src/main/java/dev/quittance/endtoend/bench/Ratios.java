package dev.quittance.endtoend.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How one arm's speed compares with another's, run beside run.
 *
 * @param sorted one ratio for each pair of runs that stood beside each other
 */
record Ratios(List<Double> sorted) {
    Ratios {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no ratio");
        }
    }

    /** The first of these by the first of those, and so on. */
    static Ratios of(List<Measurement> these, List<Measurement> those) {
        int pairs = Math.min(these.size(), those.size());
        return new Ratios(IntStream.range(0, pairs)
                .mapToObj(i -> these.get(i).eventsPerSecond() / those.get(i).eventsPerSecond())
                .toList());
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return sorted.getFirst();
    }

    double highest() {
        return sorted.getLast();
    }

    int pairs() {
        return sorted.size();
    }
}
