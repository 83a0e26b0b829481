package dev.quittance.endtoend.bench;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a drained topic must have left behind, whichever arm drained it.
 *
 * @param balances credits minus debits of each account, over its shards
 * @param linesSum debits minus credits of all lines: zero, or the books are wrong
 */
record Truth(long claimed, long charges, long entries, long lines, long linesSum, SortedMap<String, Long> balances) {
    private static final String CLEARING = "stripe_clearing:EUR";
    private static final String REVENUE = "revenue:EUR";

    /** Each charge was claimed and mirrored, and booked its gross between two accounts. */
    static Truth ofCharges(long events, long grossMinor) {
        return new Truth(
                events,
                events,
                events,
                2 * events,
                0,
                new TreeMap<>(java.util.Map.of(CLEARING, -grossMinor, REVENUE, grossMinor)));
    }
}
