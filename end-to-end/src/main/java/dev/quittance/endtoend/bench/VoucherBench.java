package dev.quittance.endtoend.bench;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.postgres.PostgresServer;
import dev.quittance.localstack.process.Checkout;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * {@code ./quittance bench --vouchers}: how fast codes are made, and how near redeeming through the service comes to pgbench
 * saying the same SQL to Postgres over as many connections.
 */
final class VoucherBench {
    static final String USAGE = """
        Usage: ./quittance bench --vouchers [--codes=N] [--warm-up=N] [--redemptions=N] [--pairs=N]

          --codes=N         codes that are made and stored (1000000)
          --warm-up=N       redemptions before those that are measured (50000)
          --redemptions=N   redemptions that are measured (6000)
          --pairs=N         how often service and pgbench are measured beside each other (3)

        Then codes that are unknown, void, expired and used by others are tried: how long each refusal takes.
        """;

    private static final double TARGET = 0.6;
    private static final int CLIENTS = 8;
    private static final int CODES_MAX = 1_000_000;
    private static final int REDEMPTIONS_MAX = 100_000;
    private static final int PAIRS_MAX = 50;
    /** What all clients of pgbench say before they are measured: until then Postgres reads its tables from files. */
    private static final int PGBENCH_WARM_UP = 2_000;

    private static final String REDEMPTION = "insert into voucher.voucher_redemptions";

    private final BenchParts parts;
    private final VoucherArm service;
    private final PgbenchArm pgbench;
    private final PrintStream out;

    private VoucherBench(BenchParts parts, Path pgbench, PrintStream out) {
        this.parts = parts;
        this.service = new VoucherArm(parts);
        this.pgbench = new PgbenchArm(pgbench, parts);
        this.out = out;
    }

    private record Rates(double service, double pgbench) {
        double ratio() {
            return service / pgbench;
        }
    }

    /** Where it begins: for pgbench the service has redeemed before, so that it finds the tables as the service finds them. */
    private record Start(ArmDatabase stocked, ArmDatabase worn, VoucherCodes supply, int measured) {
        List<VoucherCodes.Entry> before() {
            return supply.all().subList(0, supply.size() - measured);
        }

        List<VoucherCodes.Entry> last() {
            return supply.all().subList(supply.size() - measured, supply.size());
        }

        List<VoucherCodes.Entry> forPgbench() {
            return supply.all().subList(supply.size() - measured - pgbenchWarmUp(), supply.size());
        }

        List<VoucherCodes.Entry> beforePgbench() {
            return supply.all().subList(0, supply.size() - measured - pgbenchWarmUp());
        }

        int pgbenchWarmUp() {
            return Math.min(supply.size() - measured, PGBENCH_WARM_UP);
        }
    }

    static boolean run(List<String> arguments, Checkout checkout, Path pgbench, PrintStream out) {
        int codes = number(arguments, "--codes=", CODES_MAX, CODES_MAX);
        int warmUp = number(arguments, "--warm-up=", 50_000, REDEMPTIONS_MAX);
        int redemptions = number(arguments, "--redemptions=", 6_000, REDEMPTIONS_MAX);
        int pairs = number(arguments, "--pairs=", 3, PAIRS_MAX);
        VoucherArm.requireBuilt(checkout);
        out.println("Starting a Postgres, a Kafka and a Redis of its own");
        try (BenchParts parts = BenchParts.start(checkout, Slice.VOUCHER)) {
            return new VoucherBench(parts, pgbench, out).run(codes, warmUp, redemptions, pairs);
        }
    }

    private boolean run(int codes, int warmUp, int redemptions, int pairs) {
        out.println("PostgreSQL %s; %d processors; load average %s"
                .formatted(
                        parts.arms().serverVersion(),
                        Runtime.getRuntime().availableProcessors(),
                        ProcFile.loadAverage()));
        service.startRedis();
        make(codes);
        Start start = start(VoucherCodes.random(warmUp + redemptions), redemptions);
        record(start);
        List<Rates> rates = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            Rates measured = new Rates(through(start), limit(start));
            rates.add(measured);
            out.println(line(
                    "  service %6.0f/s   pgbench %6.0f/s   %.2f",
                    measured.service(), measured.pgbench(), measured.ratio()));
        }
        boolean areAlike = new RefusalBench(parts, service, out).run(start.stocked(), start.supply());
        Ratios ratios = new Ratios(rates.stream().map(Rates::ratio).toList());
        out.println(line(
                "Redemption, service by pgbench, %d connections each: %.2f (%.2f to %.2f, %d pairs), target %.1f: %s",
                CLIENTS,
                ratios.median(),
                ratios.lowest(),
                ratios.highest(),
                ratios.pairs(),
                TARGET,
                ratios.median() >= TARGET ? "met" : "not met"));
        return areAlike;
    }

    private Start start(VoucherCodes supply, int measured) {
        ArmDatabase stocked = parts.newDatabase();
        parts.arms().seedAccounts(stocked.name(), supply.size());
        try (VoucherArm.Running running = service.start(stocked)) {
            running.stock(supply);
        }
        Start start = new Start(stocked, parts.copyOf(stocked), supply, measured);
        try (VoucherArm.Running running = service.start(start.worn())) {
            running.redeem(start.beforePgbench(), CLIENTS);
        }
        return start;
    }

    private void make(int codes) {
        ArmDatabase database = parts.newDatabase();
        try (VoucherArm.Running running = service.start(database)) {
            long begin = System.nanoTime();
            running.makeBatch(codes);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long stored = parts.arms().countVouchers(database.name());
            out.println(line("Made and stored %d codes in %.1f s: %.0f codes/s", stored, seconds, stored / seconds));
            if (stored != codes) {
                throw new BenchFailure("of " + codes + " codes " + stored + " are there");
            }
        }
        parts.arms().drop(database.name());
    }

    /** One run that is not measured, in which Postgres writes down what the service says to it. */
    private void record(Start start) {
        ArmDatabase database = parts.copyOf(start.worn());
        parts.arms().recordStatements(database.login(), database.name());
        try (VoucherArm.Running running = service.start(database)) {
            running.redeem(start.forPgbench(), CLIENTS);
        }
        for (int number = 0; number < CLIENTS; number++) {
            Recording.Client client =
                    new Recording.Client(number, CLIENTS, start.pgbenchWarmUp() / CLIENTS, Gate.await(Gate.BEGIN), "");
            new Recording(REDEMPTION, client).write(parts.log(PostgresServer.NAME), script(number));
        }
        parts.arms().drop(database.name());
    }

    private Path script(int client) {
        return parts.file("redeem-" + client + ".sql");
    }

    private double through(Start start) {
        ArmDatabase database = parts.copyOf(start.stocked());
        Duration took;
        try (VoucherArm.Running running = service.start(database)) {
            running.redeem(start.before(), CLIENTS);
            took = running.redeem(start.last(), CLIENTS);
        }
        return rate(start, took, database);
    }

    private double limit(Start start) {
        ArmDatabase database = parts.copyOf(start.worn());
        List<Path> scripts = IntStream.range(0, CLIENTS).mapToObj(this::script).toList();
        Duration took;
        try (Gate gate = parts.arms().gate(database.name(), Gate.BEGIN)) {
            took = pgbench.runTogether(database, scripts, gate);
        }
        return rate(start, took, database);
    }

    private double rate(Start start, Duration took, ArmDatabase database) {
        long redeemed = parts.arms().countRedemptions(database.name());
        if (redeemed != start.supply().size()) {
            throw new BenchFailure("of " + start.supply().size() + " codes " + redeemed + " are redeemed");
        }
        parts.arms().drop(database.name());
        return start.measured() / (took.toNanos() / 1e9);
    }

    private static int number(List<String> arguments, String name, int otherwise, int max) {
        for (String argument : arguments) {
            if (argument.startsWith(name)) {
                try {
                    int number = Integer.parseInt(argument.substring(name.length()));
                    if (number >= 1 && number <= max) {
                        return number;
                    }
                } catch (NumberFormatException _) {
                    // Said below.
                }
                throw new BenchFailure(argument + " is not a number from 1 to " + max + ".\n" + USAGE);
            }
        }
        return otherwise;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
