package dev.quittance.endtoend.bench;

import dev.quittance.endtoend.bench.BenchOptions.Load;
import dev.quittance.endtoend.bench.CpuSampler.Usage;
import dev.quittance.endtoend.bench.Timeline.Window;
import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Checkout;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./quittance bench}: how near the billing consumer comes to what the machine can do at all. */
public final class Bench {
    private static final String BATCHED = "batched.";
    private static final String SINGLE = "single.";

    private final BenchOptions options;
    private final BenchParts parts;
    private final PrintStream out;
    private final Path script;
    private final PgbenchArm pgbench;
    private final ServiceArm service;
    private final List<Measurement> measurements = new ArrayList<>();

    private Bench(BenchOptions options, BenchParts parts, Path pgbench, PrintStream out) {
        this.options = options;
        this.parts = parts;
        this.out = out;
        this.script = parts.file("pgbench.sql");
        this.pgbench = new PgbenchArm(pgbench, parts);
        this.service = new ServiceArm(parts);
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(BenchOptions.USAGE + EdgeBench.USAGE + PodsBench.USAGE + "\n" + VoucherBench.USAGE);
            return 0;
        }
        try {
            Checkout checkout = Checkout.find();
            if (arguments.contains("--edge")) {
                return EdgeBench.run(arguments, checkout, out) ? 0 : 1;
            }
            if (arguments.contains("--pods")) {
                return PodsBench.run(arguments, checkout, out) ? 0 : 1;
            }
            Path pgbench = PgbenchArm.find();
            if (arguments.contains("--vouchers")) {
                return VoucherBench.run(arguments, checkout, pgbench, out) ? 0 : 1;
            }
            boolean isOfBooks = arguments.contains("--books");
            BenchOptions options = BenchOptions.parse(arguments.stream()
                    .filter(argument -> !argument.equals("--books"))
                    .toList());
            ServiceArm.requireBuilt(checkout);
            if (!ProcFile.isThere()) {
                throw new BenchFailure("processor time is read from /proc, which this system does not have");
            }
            out.println("Starting a Postgres and a Kafka of its own");
            try (BenchParts parts = BenchParts.start(checkout, Slice.BILLING)) {
                boolean isTrue = isOfBooks
                        ? new BooksBench(parts, new PgbenchArm(pgbench, parts), out)
                                .run(options.batched().measured(), options.pairs())
                        : new Bench(options, parts, pgbench, out).run();
                return isTrue ? 0 : 1;
            }
        } catch (BenchFailure | IllegalStateException failure) {
            err.println("bench: " + failure.getMessage());
            return 2;
        }
    }

    /** Whether every arm's books were right. */
    private boolean run() {
        ArmStore arms = parts.arms();
        out.println("PostgreSQL %s, fsync and synchronous_commit on; %d processors; load average %s"
                .formatted(arms.serverVersion(), Runtime.getRuntime().availableProcessors(), ProcFile.loadAverage()));
        TopicFill topics = new TopicFill(parts.bootstrapServers());
        Truth truthSingle = topics.fill(SINGLE, options.single().events());
        Recorded recorded = record(topics.begin(BATCHED));
        for (int pair = 0; pair < options.pairs(); pair++) {
            // A B B A: neither arm always follows the other.
            boolean isServiceFirst = pair % 2 == 0;
            if (isServiceFirst) {
                measure(Arm.SERVICE, options.batched(), recorded);
            }
            measure(Arm.PGBENCH, options.batched(), recorded);
            if (!isServiceFirst) {
                measure(Arm.SERVICE, options.batched(), recorded);
            }
            if (pair < options.singleRuns()) {
                measureSingle(truthSingle);
            }
        }
        Report report = new Report(measurements);
        out.println();
        out.print(report.text());
        out.println("Load average at the end: " + ProcFile.loadAverage());
        return report.isTrue();
    }

    /**
     * @param halfway where the service was when pgbench begins
     * @param truth of the whole topic
     */
    private record Recorded(ArmDatabase halfway, Truth truth) {}

    /**
     * One run that is not measured. In its last part Postgres writes down what the service says to it: pgbench does what the
     * service does from there on, in a database that is as large.
     */
    private Recorded record(TopicFill.Filling topic) {
        Load load = options.batched();
        ArmDatabase database = parts.newDatabase();
        String group = service.newGroup();
        topic.add(load.halfway());
        service.drain(database, BATCHED, group, Arm.SERVICE.pollMax(), List.of(load.halfway()));
        ArmDatabase halfway = parts.copyOf(database);
        Truth expected = topic.add(load.events() - load.halfway());
        parts.arms().recordStatements(database.login(), database.name());
        service.drain(database, BATCHED, group, Arm.SERVICE.pollMax(), List.of(load.events()));
        if (!parts.arms().truth(database.name()).equals(expected)) {
            throw new BenchFailure("the service's books are wrong: "
                    + parts.arms().truth(database.name()) + " instead of " + expected);
        }
        Recording.Summary recorded = new Recording().write(parts.log(PostgresServer.NAME), script);
        parts.arms().drop(database.name());
        out.println("Recorded what the service runs: %d transactions of %d kinds of statements"
                .formatted(recorded.transactions(), recorded.statements()));
        return new Recorded(halfway, expected);
    }

    private void measure(Arm arm, Load load, Recorded recorded) {
        ArmDatabase database = arm == Arm.PGBENCH ? parts.copyOf(recorded.halfway()) : parts.newDatabase();
        List<Integer> stages = List.of(load.halfway(), load.events());
        measure(arm, load, recorded.truth(), database, () -> {
            switch (arm) {
                case SERVICE -> service.drain(database, BATCHED, service.newGroup(), arm.pollMax(), stages);
                case PGBENCH -> pgbench.run(database, script);
                case SINGLE -> throw new IllegalArgumentException("not recorded");
            }
        });
    }

    private void measureSingle(Truth expected) {
        ArmDatabase database = parts.newDatabase();
        Load load = options.single();
        measure(
                Arm.SINGLE,
                load,
                expected,
                database,
                () -> service.drain(database, SINGLE, load.events(), Arm.SINGLE.pollMax()));
    }

    private void measure(Arm arm, Load load, Truth expected, ArmDatabase database, Runnable work) {
        try (CpuSampler sampler = new CpuSampler(parts.processIds())) {
            work.run();
            Window window = parts.arms().timeline(database.name()).afterWarmUp(load.warmUp());
            Usage usage = sampler.between(window.from(), window.to());
            boolean isTrue = parts.arms().truth(database.name()).equals(expected);
            Measurement measured =
                    new Measurement(arm, window, usage, Runtime.getRuntime().availableProcessors(), isTrue);
            measurements.add(measured);
            out.println("  %-20s %6.0f events/s%s"
                    .formatted(arm.title(), measured.eventsPerSecond(), isTrue ? "" : "  WRONG BOOKS"));
        }
        parts.arms().drop(database.name());
    }
}
