package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.CpuSampler.Usage;
import dev.quittance.localstack.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * {@code ./quittance bench --books}: what the guards and the seals of the books cost, and what a function call for each
 * transfer would. All of it in processor time an event, of Postgres and of who speaks to it, run beside run.
 */
final class BooksBench {
    private static final String TOPICS = "books.";
    private static final int CLIENTS = 8;
    private static final double GUARDS_MAX = 1.10;
    private static final double SEALS_MAX = 1.03;
    private static final double TRANSFER_MIN = 10;
    private static final String SEAL = """
            do $$ begin loop
              perform from billing.seal_entries(9223372036854775807, 5000); exit when not found;
            end loop; end $$""";

    // An event is a charge and its fee: two transfers, each a transaction, and always on account 1.
    private static final String TRANSFERS = """
            select transfer.transfer(gen_random_uuid()::text, 1, 2, 1069);
            select transfer.transfer(gen_random_uuid()::text, 3, 1, 69);
            """;

    private final BenchParts parts;
    private final PgbenchArm pgbench;
    private final PrintStream out;
    private final Path script;
    private final Path transfers;

    BooksBench(BenchParts parts, PgbenchArm pgbench, PrintStream out) {
        this.parts = parts;
        this.pgbench = pgbench;
        this.out = out;
        this.script = parts.file("books.sql");
        this.transfers = parts.file("transfers.sql");
    }

    /** Processor time of one pair of runs, in microseconds an event. */
    private record Costs(double guarded, double unguarded, double seal, double transfer) {}

    /** Whether every run's books were right. */
    boolean run(int events, int pairs) {
        Truth truth = new TopicFill(parts.bootstrapServers()).fill(TOPICS, events);
        record(events, truth);
        write(transfers, TRANSFERS);
        boolean isTrue = true;
        List<Costs> all = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            ArmDatabase guarded = parts.newDatabase();
            ArmDatabase unguarded = parts.newDatabase();
            parts.arms().run(unguarded.name(), text("unguarded.sql"));
            // A B B A: neither arm always follows the other.
            boolean isGuardedFirst = pair % 2 == 0;
            double first = replay(isGuardedFirst ? guarded : unguarded, events);
            double second = replay(isGuardedFirst ? unguarded : guarded, events);
            double seal = micros(events, () -> parts.arms().run(guarded.name(), SEAL));
            isTrue &= parts.arms().truth(guarded.name()).equals(truth);
            isTrue &= parts.arms().truth(unguarded.name()).equals(truth);
            Costs costs =
                    new Costs(isGuardedFirst ? first : second, isGuardedFirst ? second : first, seal, transfer(events));
            all.add(costs);
            out.println(line(
                    "  guarded %.1f us, unguarded %.1f us, sealing %.2f us, a call for each transfer %.1f us",
                    costs.guarded(), costs.unguarded(), costs.seal(), costs.transfer()));
            parts.arms().drop(guarded.name());
            parts.arms().drop(unguarded.name());
        }
        report(all, isTrue);
        return isTrue;
    }

    private void report(List<Costs> all, boolean isTrue) {
        out.println(
                line("%nProcessor time an event, of Postgres and its client; books %s.", isTrue ? "right" : "WRONG"));
        target(
                "Guards on by off",
                all.stream().map(c -> c.guarded() / c.unguarded()).toList(),
                "at most",
                GUARDS_MAX);
        target(
                "Seals on by off",
                all.stream().map(c -> (c.guarded() + c.seal()) / c.guarded()).toList(),
                "at most",
                SEALS_MAX);
        target(
                "A call a transfer by ours",
                all.stream().map(c -> c.transfer() / c.guarded()).toList(),
                "at least",
                TRANSFER_MIN);
    }

    private void target(String name, List<Double> ratios, String bound, double target) {
        Ratios sorted = new Ratios(ratios);
        boolean isMet = bound.equals("at most") ? sorted.median() <= target : sorted.median() >= target;
        out.println(line(
                "%-27s %6.2f (%.2f to %.2f, %d pairs), target %s %.2f: %s",
                name,
                sorted.median(),
                sorted.lowest(),
                sorted.highest(),
                sorted.pairs(),
                bound,
                target,
                isMet ? "met" : "not met"));
    }

    /** One run that is not measured, in which Postgres writes down what the service says to it while nobody seals. */
    private void record(int events, Truth expected) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().recordStatements(database.login(), database.name());
        new ServiceArm(parts, Map.of("QUITTANCE_SEAL_EVERY", "off"))
                .drain(database, TOPICS, events, Arm.SERVICE.pollMax());
        if (!parts.arms().truth(database.name()).equals(expected)) {
            throw new BenchFailure("the service's books are wrong");
        }
        new Recording().write(parts.log(PostgresServer.NAME), script);
        parts.arms().drop(database.name());
    }

    private double replay(ArmDatabase database, int events) {
        return micros(events, () -> pgbench.run(database, script));
    }

    private double transfer(int events) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().run(database.name(), text("transfer.sql"));
        double micros = micros(events, () -> pgbench.run(database, transfers, CLIENTS, events / CLIENTS));
        parts.arms().drop(database.name());
        return micros;
    }

    private double micros(int events, Runnable work) {
        CpuSampler sampler = new CpuSampler(parts.processIds());
        Instant from = Instant.now();
        try {
            work.run();
        } finally {
            sampler.close();
        }
        Usage usage = sampler.between(from, Instant.now());
        Duration used = usage.parts()
                .getOrDefault(PostgresServer.NAME, Duration.ZERO)
                .plus(usage.parts().getOrDefault(PgbenchArm.NAME, Duration.ZERO));
        return used.toNanos() / 1e3 / events;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(BooksBench.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
