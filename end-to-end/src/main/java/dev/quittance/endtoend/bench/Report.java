package dev.quittance.endtoend.bench;

import java.util.List;
import java.util.Locale;

/** What the benchmark says at its end. */
final class Report {
    private static final double LIMIT_RATIO_TARGET = 0.7;
    private static final double BATCH_FACTOR_TARGET = 4;
    private static final double FOREIGN_SHARE_MAX = 0.05;
    private static final String ROW = "%-20s %9.0f %7.0f %12.1f %12.1f %8.0f %%   %s%n";
    private static final String HEAD = "%-20s %9s %7s %12s %12s %10s   %s%n";

    private final List<Measurement> all;

    Report(List<Measurement> all) {
        this.all = List.copyOf(all);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(line(HEAD, "", "events/s", "batch", "client us", "postgres us", "foreign", "books"));
        for (Measurement run : all) {
            text.append(line(
                    ROW,
                    run.arm().title(),
                    run.eventsPerSecond(),
                    run.window().eventsPerTransaction(),
                    run.clientMicros(),
                    run.postgresMicros(),
                    run.foreignShare() * 100,
                    run.isTrue() ? "right" : "WRONG"));
        }
        text.append(
                line("%nProcessor time is us an event: of the service's JVM or pgbench, and of all of Postgres.%n"));
        text.append(target("Service by pgbench", of(Arm.SERVICE), of(Arm.PGBENCH), LIMIT_RATIO_TARGET));
        text.append(target("Batch of 500 by batch of 1", of(Arm.SERVICE), of(Arm.SINGLE), BATCH_FACTOR_TARGET));
        text.append(warning());
        return text.toString();
    }

    boolean isTrue() {
        return all.stream().allMatch(Measurement::isTrue);
    }

    private List<Measurement> of(Arm arm) {
        return all.stream().filter(run -> run.arm() == arm).toList();
    }

    private static String target(String name, List<Measurement> these, List<Measurement> those, double target) {
        if (these.isEmpty() || those.isEmpty()) {
            return "";
        }
        boolean isTrue =
                these.stream().allMatch(Measurement::isTrue) && those.stream().allMatch(Measurement::isTrue);
        Ratios ratios = Ratios.of(these, those);
        String verdict = !isTrue ? "wrong" : ratios.median() >= target ? "met" : "not met";
        return line(
                "%-27s %6.2f (%.2f to %.2f, %d pairs), target %.1f: %s%n",
                name, ratios.median(), ratios.lowest(), ratios.highest(), ratios.pairs(), target, verdict);
    }

    private String warning() {
        double most = all.stream().mapToDouble(Measurement::foreignShare).max().orElse(0);
        return most <= FOREIGN_SHARE_MAX
                ? ""
                : line(
                        "Warning: others took up to %.0f %% of the processors (more than %.0f %%). Trust the ratios and the"
                                + " processor time, not the speeds.%n",
                        most * 100, FOREIGN_SHARE_MAX * 100);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
