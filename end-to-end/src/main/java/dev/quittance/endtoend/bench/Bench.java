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
    private static final String RECORDED = "recorded.";
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
            out.print(BenchOptions.USAGE + "\n" + VoucherBench.USAGE);
            return 0;
        }
        try {
            Path pgbench = PgbenchArm.find();
            Checkout checkout = Checkout.find();
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
        Truth truth = topics.fill(BATCHED, options.batched().events());
        Truth truthRecorded = topics.fill(RECORDED, options.recorded().events());
        Truth truthSingle = topics.fill(SINGLE, options.single().events());
        record(truthRecorded);
        for (int pair = 0; pair < options.pairs(); pair++) {
            // A B B A: neither arm always follows the other.
            boolean isServiceFirst = pair % 2 == 0;
            if (isServiceFirst) {
                measure(Arm.SERVICE, options.batched(), truth);
            }
            measure(Arm.PGBENCH, options.recorded(), truthRecorded);
            if (!isServiceFirst) {
                measure(Arm.SERVICE, options.batched(), truth);
            }
            if (pair < options.singleRuns()) {
                measure(Arm.SINGLE, options.single(), truthSingle);
            }
        }
        Report report = new Report(measurements);
        out.println();
        out.print(report.text());
        out.println("Load average at the end: " + ProcFile.loadAverage());
        return report.isTrue();
    }

    /** One run that is not measured, in which Postgres writes down what the service says to it. */
    private void record(Truth expected) {
        ArmDatabase database = parts.newDatabase();
        parts.arms().recordStatements(database.login(), database.name());
        service.drain(database, RECORDED, options.recorded().events(), Arm.SERVICE.pollMax());
        if (!parts.arms().truth(database.name()).equals(expected)) {
            throw new BenchFailure("the service's books are wrong: "
                    + parts.arms().truth(database.name()) + " instead of " + expected);
        }
        Recording.Summary recorded = new Recording().write(parts.log(PostgresServer.NAME), script);
        parts.arms().drop(database.name());
        out.println("Recorded what the service runs: %d transactions of %d kinds of statements"
                .formatted(recorded.transactions(), recorded.statements()));
    }

    private void measure(Arm arm, Load load, Truth expected) {
        ArmDatabase database = parts.newDatabase();
        try (CpuSampler sampler = new CpuSampler(parts.processIds())) {
            switch (arm) {
                case SERVICE -> service.drain(database, BATCHED, load.events(), arm.pollMax());
                case SINGLE -> service.drain(database, SINGLE, load.events(), arm.pollMax());
                case PGBENCH -> pgbench.run(database, script);
            }
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
