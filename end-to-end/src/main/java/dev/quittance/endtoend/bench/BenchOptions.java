package dev.quittance.endtoend.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param batched events of both arms when 500 are taken at a time: the service's compiler is at work for the first 200,000
 * @param single events of the service when it takes one at a time
 * @param pairs how often service and pgbench are measured beside each other
 * @param singleRuns how often the service is measured with one event a transaction
 */
record BenchOptions(Load batched, Load single, int pairs, int singleRuns) {
    private static final int EVENTS_MAX = 2_000_000;
    private static final int PAIRS_MAX = 50;
    private static final int POSTGRES_WARM_UP = 20_000;
    private static final BenchOptions STANDARD =
            new BenchOptions(new Load(220_000, 80_000), new Load(2_000, 2_000), 5, 2);
    private static final BenchOptions QUICK = new BenchOptions(new Load(60_000, 30_000), new Load(1_000, 1_000), 2, 1);

    static final String USAGE = """
            Usage: ./quittance bench [--books] [--quick] [--events=N] [--pairs=N]

              --books      what the guards and the seals cost, and a call for each transfer beside ours
              --quick      fewer and shorter runs; the spread is wider
              --events=N   events that each batched run measures
              --pairs=N    how often service and pgbench are measured beside each other
            """;

    /**
     * Events of one run.
     *
     * @param warmUp at the start, not measured: the JVM compiles, Postgres fills its caches
     */
    record Load(int warmUp, int measured) {
        int events() {
            return warmUp + measured;
        }

        /** Where pgbench begins, which has nothing to warm up but Postgres. */
        int halfway() {
            return Math.max(0, warmUp - POSTGRES_WARM_UP);
        }
    }

    static BenchOptions parse(List<String> arguments) {
        BenchOptions options = arguments.contains("--quick") ? QUICK : STANDARD;
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private BenchOptions with(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        return switch (name) {
            case "--quick" -> this;
            case "--events" -> measuring(number(argument, equals, EVENTS_MAX));
            case "--pairs" -> {
                int wanted = number(argument, equals, PAIRS_MAX);
                yield new BenchOptions(batched, single, wanted, Math.min(wanted, singleRuns));
            }
            default -> throw new BenchFailure("there is no option " + argument + ".\n" + USAGE);
        };
    }

    private BenchOptions measuring(int events) {
        return new BenchOptions(new Load(batched.warmUp, events), single, pairs, singleRuns);
    }

    private static int number(String argument, int equals, int max) {
        try {
            int number = Integer.parseInt(argument.substring(equals + 1));
            if (equals > 0 && number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new BenchFailure(argument + " is not a number from 1 to " + max + ".\n" + USAGE);
    }
}
