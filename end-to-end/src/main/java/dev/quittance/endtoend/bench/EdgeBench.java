package dev.quittance.endtoend.bench;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.process.Checkout;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a crowd of connections that want nothing does to those that want something: the 99th percentile of Stripe's requests
 * with them by that without them, both from one run.
 */
final class EdgeBench {
    static final String USAGE = """
              --edge       what 5,000 idle and 500 slow connections cost the others
            """;

    private static final int IDLE = 5_000;
    private static final int SLOW = 500;
    private static final int WARM_UP = 6_000;
    private static final int REQUESTS = 4_000;
    private static final int PAIRS = 5;
    private static final int PAIRS_QUICK = 3;
    private static final double RATIO_MAX = 2;
    private static final int PERCENT = 99;
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintStream out;

    private EdgeBench(PrintStream out) {
        this.out = out;
    }

    /** @return whether the target is met */
    static boolean run(List<String> arguments, Checkout checkout, PrintStream out) {
        IngestArm.requireBuilt(checkout);
        out.println("Starting a Postgres and a Kafka of its own");
        try (BenchParts parts = BenchParts.start(checkout, Slice.INGEST)) {
            IngestArm ingest = new IngestArm(parts);
            try (IngestArm.Running running = ingest.start()) {
                return new EdgeBench(out)
                        .measure(running, ingest.secret(), arguments.contains("--quick") ? PAIRS_QUICK : PAIRS);
            }
        }
    }

    private boolean measure(IngestArm.Running running, String secret, int pairs) {
        Callers callers = new Callers(running.address(), secret);
        callers.call(WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean isQuietFirst = pair % 2 == 0;
            double quiet = isQuietFirst ? quiet(callers) : 0;
            double crowded = crowded(running, callers);
            if (!isQuietFirst) {
                quiet = quiet(callers);
            }
            ratios.add(crowded / quiet);
            out.println(String.format(
                    Locale.ROOT,
                    "  99 %% within %.2f ms alone, %.2f ms in the crowd: %.2f",
                    quiet,
                    crowded,
                    crowded / quiet));
        }
        Ratios all = new Ratios(ratios);
        boolean isMet = all.median() <= RATIO_MAX;
        out.println(String.format(
                Locale.ROOT,
                "With %d idle and %d slow connections by without: %.2f (%.2f to %.2f, %d pairs), target %.1f: %s",
                IDLE,
                SLOW,
                all.median(),
                all.lowest(),
                all.highest(),
                all.pairs(),
                RATIO_MAX,
                isMet ? "met" : "not met"));
        return isMet;
    }

    private static double quiet(Callers callers) {
        return Callers.percentile(callers.call(REQUESTS), PERCENT) / NANOS_PER_MILLI;
    }

    private static double crowded(IngestArm.Running running, Callers callers) {
        try (Crowd crowd = new Crowd(running.address(), IDLE, SLOW)) {
            double took = quiet(callers);
            if (crowd.left() < IDLE) {
                throw new BenchFailure("only " + crowd.left() + " of the crowd were still there at the end");
            }
            return took;
        }
    }
}
