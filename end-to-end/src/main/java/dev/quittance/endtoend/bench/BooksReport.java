package dev.quittance.endtoend.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The pairs of {@link BooksBench}, for people. */
final class BooksReport {
    private static final double GUARDS_MAX = 1.10;
    private static final double SEALS_MAX = 1.03;
    private static final double SPREAD_MIN = 4;
    private static final double HOT_MIN = 10;
    private static final double TRANSFER_MIN = 10;

    private BooksReport() {}

    static String text(BooksPair pair) {
        return line(
                        "  CPU an event: %.1f us with guards, %.1f without; %.1f with nothing to seal by; sealing %.2f%n",
                        pair.guarded(), pair.unguarded(), pair.undigested(), pair.seal())
                + line(
                        "  the ledger by itself: 500 at once %s; one by one, spread %s, hot %s; a call a transfer %s%n",
                        text(pair.batched()), text(pair.spread()), text(pair.hot()), text(pair.transfers()));
    }

    static String text(List<BooksPair> pairs, boolean isTrue) {
        return line("%nMedians; books %s. Processor time is of Postgres and its client.%n", isTrue ? "right" : "WRONG")
                + arm("500 at once", pairs, BooksPair::batched)
                + arm("one by one, spread", pairs, BooksPair::spread)
                + arm("one by one, hot", pairs, BooksPair::hot)
                + arm("a call a transfer, hot", pairs, BooksPair::transfers)
                + atMost("Guards on by off, CPU", pairs, BooksPair::guards, GUARDS_MAX)
                + atMost("Seals on by off, CPU", pairs, BooksPair::seals, SEALS_MAX)
                + atLeast(
                        "500 at once by one, speed",
                        pairs,
                        pair -> pair.batched().perSecond() / pair.spread().perSecond(),
                        SPREAD_MIN)
                + atLeast(
                        "The same, hot account",
                        pairs,
                        pair -> pair.batched().perSecond() / pair.hot().perSecond(),
                        HOT_MIN)
                + atLeast(
                        "By a call a transfer, speed",
                        pairs,
                        pair -> pair.batched().perSecond() / pair.transfers().perSecond(),
                        TRANSFER_MIN);
    }

    private static String arm(
            String name, List<BooksPair> pairs, java.util.function.Function<BooksPair, BooksPair.Arm> arm) {
        Ratios micros =
                new Ratios(pairs.stream().map(arm).map(BooksPair.Arm::micros).toList());
        Ratios pace =
                new Ratios(pairs.stream().map(arm).map(BooksPair.Arm::perSecond).toList());
        return line("%-27s %8.1f us of CPU, %8.0f postings/s%n", name, micros.median(), pace.median());
    }

    private static String atMost(String name, List<BooksPair> pairs, ToDoubleFunction<BooksPair> ratio, double target) {
        Ratios ratios = ratios(pairs, ratio);
        return target(name, ratios, "at most", target, ratios.median() <= target);
    }

    private static String atLeast(
            String name, List<BooksPair> pairs, ToDoubleFunction<BooksPair> ratio, double target) {
        Ratios ratios = ratios(pairs, ratio);
        return target(name, ratios, "at least", target, ratios.median() >= target);
    }

    private static Ratios ratios(List<BooksPair> pairs, ToDoubleFunction<BooksPair> ratio) {
        return new Ratios(pairs.stream().map(ratio::applyAsDouble).toList());
    }

    private static String target(String name, Ratios ratios, String bound, double target, boolean isMet) {
        return line(
                "%-27s %6.3f (%.3f to %.3f, %d pairs), target %s %.2f: %s%n",
                name,
                ratios.median(),
                ratios.lowest(),
                ratios.highest(),
                ratios.pairs(),
                bound,
                target,
                isMet ? "met" : "not met");
    }

    private static String text(BooksPair.Arm arm) {
        return line("%.1f us, %.0f/s", arm.micros(), arm.perSecond());
    }

    static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
