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

/**
 * {@code ./quittance bench --vouchers}: how fast codes are made, and how near redeeming through the service comes to pgbench
 * saying the same SQL to Postgres over as many connections.
 */
final class VoucherBench {
    static final String USAGE = """
        Usage: ./quittance bench --vouchers [--codes=N] [--warm-up=N] [--redemptions=N] [--pairs=N]

          --codes=N         codes that are made and stored (1000000)
          --warm-up=N       redemptions before those that are measured (10000)
          --redemptions=N   redemptions that are measured (6000)
          --pairs=N         how often service and pgbench are measured beside each other (3)

        Then codes that are unknown, void, expired and used by others are tried: how long each refusal takes.
        """;

    private static final double TARGET = 0.6;
    private static final int CLIENTS = 8;
    private static final int CODES_MAX = 1_000_000;
    private static final int REDEMPTIONS_MAX = 100_000;
    private static final int PAIRS_MAX = 50;
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

    private record Rates(double service, double pgbench) {}

    static boolean run(List<String> arguments, Checkout checkout, Path pgbench, PrintStream out) {
        int codes = number(arguments, "--codes=", CODES_MAX, CODES_MAX);
        int warmUp = number(arguments, "--warm-up=", 10_000, REDEMPTIONS_MAX);
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
        VoucherCodes supply = VoucherCodes.random(warmUp + redemptions);
        ArmDatabase stocked = parts.newDatabase();
        parts.arms().seedAccounts(stocked.name(), supply.size());
        try (VoucherArm.Running running = service.start(stocked)) {
            running.stock(supply);
        }
        List<Path> scripts = record(stocked, supply);
        List<Rates> rates = new ArrayList<>();
        boolean isTrue = true;
        for (int pair = 0; pair < pairs; pair++) {
            ArmDatabase one = parts.copyOf(stocked);
            double through = through(one, supply, redemptions);
            ArmDatabase other = parts.copyOf(stocked);
            double limit = supply.size() / (limit(other, scripts).toNanos() / 1e9);
            boolean areRight = parts.arms().countRedemptions(one.name()) == supply.size()
                    && parts.arms().countRedemptions(other.name()) == supply.size();
            isTrue &= areRight;
            rates.add(new Rates(through, limit));
            out.println(line(
                    "  service %6.0f/s   pgbench %6.0f/s   %.2f%s",
                    through, limit, through / limit, areRight ? "" : "  WRONG"));
            parts.arms().drop(one.name());
            parts.arms().drop(other.name());
        }
        boolean areAlike = new RefusalBench(parts, service, out).run(stocked, supply);
        double median = rates.stream()
                .mapToDouble(rate -> rate.service() / rate.pgbench())
                .sorted()
                .skip(rates.size() / 2)
                .findFirst()
                .orElse(0);
        out.println(line(
                "Redemption, service by pgbench, %d connections each: %.2f, target %.1f: %s",
                CLIENTS, median, TARGET, !isTrue ? "wrong" : median >= TARGET ? "met" : "not met"));
        return isTrue && areAlike;
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
    private List<Path> record(ArmDatabase stocked, VoucherCodes supply) {
        ArmDatabase database = parts.copyOf(stocked);
        parts.arms().recordStatements(database.login(), database.name());
        try (VoucherArm.Running running = service.start(database)) {
            running.redeem(supply.all(), CLIENTS);
        }
        List<Path> scripts = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Path script = parts.file("redeem-" + client + ".sql");
            new Recording(REDEMPTION, Gate.WAIT, client, CLIENTS).write(parts.log(PostgresServer.NAME), script);
            scripts.add(script);
        }
        parts.arms().drop(database.name());
        return scripts;
    }

    private double through(ArmDatabase database, VoucherCodes supply, int measured) {
        try (VoucherArm.Running running = service.start(database)) {
            running.redeem(supply.all().subList(0, supply.size() - measured), CLIENTS);
            Duration took = running.redeem(supply.all().subList(supply.size() - measured, supply.size()), CLIENTS);
            return measured / (took.toNanos() / 1e9);
        }
    }

    private Duration limit(ArmDatabase database, List<Path> scripts) {
        try (Gate gate = parts.arms().gate(database.name())) {
            return pgbench.runTogether(database, scripts, gate);
        }
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
