package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.verify.EntryText;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Run as a process of its own, with the compiler that services have: what the digest that comes with each entry costs its writer. */
public final class DigestCost {
    private static final int WARM_UP = 300_000;
    private static final int MEASURED = 500_000;
    private static final int CHARACTERS = 23;

    private DigestCost() {}

    public static void main(String[] arguments) {
        int seen = work(0, WARM_UP);
        long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        seen ^= work(WARM_UP, MEASURED);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from;
        System.out.println((double) nanos / 1e3 / MEASURED + (seen == 0 ? " " : ""));
    }

    /** Returns something of every digest, so that none is left out. */
    private static int work(int from, int count) {
        int seen = 0;
        for (int i = from; i < from + count; i++) {
            String id = padded(i);
            EntryText entry = new EntryText(
                    i, List.of("charge:ch_3" + id, "charge", "", "evt_3" + id), 1_790_000_000_000_000L + i, 0, null);
            entry.addLine(0, "stripe_clearing:EUR", i % 12, "debit", 100 + i % 50_000, "EUR");
            entry.addLine(1, "revenue:EUR", i % 12, "credit", 100 + i % 50_000, "EUR");
            seen += entry.digest()[i % 16];
        }
        return seen;
    }

    private static String padded(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(CHARACTERS - digits.length()) + digits;
    }
}
