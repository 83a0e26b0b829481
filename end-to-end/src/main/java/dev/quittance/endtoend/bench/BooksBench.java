package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.ArmStore.Pace;
import dev.quittance.endtoend.bench.CpuSampler.Usage;
import dev.quittance.endtoend.bench.StatementLog.Call;
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
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * {@code ./quittance bench --books}: what the guards and the seals of the books cost, and what the ledger by itself does in batches,
 * one by one, and beside a function call for each transfer. Processor time is that of Postgres and of who speaks to it.
 */
final class BooksBench {
    private static final String TOPICS = "books.";
    private static final int CLIENTS = 8;
    private static final int BATCH = 500;
    /** One by one takes longer: so many times fewer postings. */
    private static final int SINGLE_SHARE = 10;

    private static final String SEAL = """
            do $$ begin loop
              perform from billing.seal_entries(9223372036854775807, 5000); exit when not found;
            end loop; end $$""";

    private final BenchParts parts;
    private final PgbenchArm pgbench;
    private final PrintStream out;

    BooksBench(BenchParts parts, PgbenchArm pgbench, PrintStream out) {
        this.parts = parts;
        this.pgbench = pgbench;
        this.out = out;
    }

    /** What the service said, three ways; each is made in a database of its own. */
    private enum Replay {
        AS_IT_IS,
        WITHOUT_GUARDS,
        /** Nothing that is there to be sealed later. */
        WITHOUT_DIGESTS
    }

    /** Whether every run's books were right. */
    boolean run(int events, int pairs) {
        Truth truth = new TopicFill(parts.bootstrapServers()).fill(TOPICS, events);
        PostingScripts postings = record(events, truth);
        double digest = digest();
        out.println(BooksReport.line("The digest that comes with an entry costs its writer %.2f us", digest));
        int single = events / SINGLE_SHARE / CLIENTS * CLIENTS;
        List<BooksPair> all = new ArrayList<>();
        boolean isTrue = true;
        for (int pair = 0; pair < pairs; pair++) {
            Map<Replay, ArmDatabase> databases = databases();
            Map<Replay, Double> micros = replay(databases, pair, events);
            double seal = micros(
                    events,
                    () -> parts.arms()
                            .run(
                                    Objects.requireNonNull(databases.get(Replay.AS_IT_IS))
                                            .name(),
                                    SEAL));
            for (ArmDatabase database : databases.values()) {
                isTrue &= parts.arms().truth(database.name()).equals(truth);
                parts.arms().drop(database.name());
            }
            BooksPair measured = new BooksPair(
                    micros.getOrDefault(Replay.AS_IT_IS, 0.0),
                    micros.getOrDefault(Replay.WITHOUT_GUARDS, 0.0),
                    micros.getOrDefault(Replay.WITHOUT_DIGESTS, 0.0),
                    seal + digest,
                    posted(postings, 1, events, BATCH, true),
                    posted(postings, CLIENTS, single, 1, false),
                    posted(postings, CLIENTS, single, 1, true),
                    transferred(single));
            all.add(measured);
            out.print(BooksReport.text(measured));
        }
        out.print(BooksReport.text(all, isTrue));
        return isTrue;
    }

    private Map<Replay, ArmDatabase> databases() {
        Map<Replay, ArmDatabase> databases = new EnumMap<>(Replay.class);
        for (Replay replay : Replay.values()) {
            ArmDatabase database = parts.newDatabase();
            if (replay == Replay.WITHOUT_GUARDS) {
                parts.arms().run(database.name(), text("unguarded.sql"));
            }
            databases.put(replay, database);
        }
        return databases;
    }

    /** Processor time of an event, in microseconds. */
    private Map<Replay, Double> replay(Map<Replay, ArmDatabase> databases, int pair, int events) {
        List<Replay> order = inTurn(pair);
        List<Double> ticks = new Turns(parts, pgbench)
                .run(order.stream()
                        .map(replay -> new Turns.Lane(Objects.requireNonNull(databases.get(replay)), script(replay)))
                        .toList());
        Map<Replay, Double> micros = new EnumMap<>(Replay.class);
        for (int i = 0; i < order.size(); i++) {
            micros.put(order.get(i), ticks.get(i) * ProcFile.TICK_MILLIS * 1_000 / events);
        }
        return micros;
    }

    /** A B C, B C A, ...: no arm always follows the same other. */
    private static List<Replay> inTurn(int pair) {
        List<Replay> turn = new ArrayList<>(List.of(Replay.values()));
        Collections.rotate(turn, pair);
        return turn;
    }

    /** One run that is not measured, in which Postgres writes down what the service says to it while nobody seals. */
    private PostingScripts record(int events, Truth expected) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().recordStatements(database.login(), database.name());
        new ServiceArm(parts, Map.of("QUITTANCE_SEAL_EVERY", "off"))
                .drain(database, TOPICS, events, Arm.SERVICE.pollMax());
        if (!parts.arms().truth(database.name()).equals(expected)) {
            throw new BenchFailure("the service's books are wrong");
        }
        Path log = parts.log(PostgresServer.NAME);
        Recording recording = new Recording(Recording.Client.GATED, UnaryOperator.identity());
        recording.write(log, script(Replay.AS_IT_IS));
        new Recording(Recording.Client.GATED, BooksBench::withoutDigests).write(log, script(Replay.WITHOUT_DIGESTS));
        parts.arms().drop(database.name());
        return new PostingScripts(
                recording.statement(PostingScripts.MARK),
                parts.file("books.sql").resolveSibling("."));
    }

    private static Call withoutDigests(Call call) {
        if (!call.sql().contains(PostingScripts.MARK)) {
            return call;
        }
        List<String> parameters = new ArrayList<>(call.parameters());
        if (!parameters.removeLast().contains("\\x")) {
            throw new BenchFailure("the last parameter of the posting statement is no longer the digests");
        }
        parameters.add("NULL");
        return new Call(call.sql(), parameters);
    }

    private Path script(Replay replay) {
        return parts.file(replay == Replay.WITHOUT_DIGESTS ? "undigested.sql" : "books.sql");
    }

    private double digest() {
        return Double.parseDouble(parts.run(DigestCost.class));
    }

    private BooksPair.Arm posted(PostingScripts postings, int clients, int events, int batch, boolean isHot) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().run(database.name(), PostingScripts.ACCOUNTS_SQL);
        List<Path> scripts = postings.write("postings", clients, events, batch, isHot);
        double micros = micros(events, () -> pgbench.runTogether(database, scripts));
        return ended(database, PostingScripts.TABLE, events, micros);
    }

    private BooksPair.Arm transferred(int events) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().run(database.name(), text("transfer.sql"));
        Path script = parts.file("transfers.sql");
        write(script, "select transfer.transfer(gen_random_uuid()::text, 1, 2, 1069);\n");
        double micros = micros(events, () -> pgbench.run(database, script, CLIENTS, events / CLIENTS));
        return ended(database, "transfer.transfers", events, micros);
    }

    private BooksPair.Arm ended(ArmDatabase database, String table, int events, double micros) {
        Pace pace = parts.arms().pace(database.name(), table);
        if (pace.rows() != events) {
            throw new BenchFailure("%d of %d are in %s".formatted(pace.rows(), events, table));
        }
        parts.arms().drop(database.name());
        return new BooksPair.Arm(micros, pace.perSecond());
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
}
