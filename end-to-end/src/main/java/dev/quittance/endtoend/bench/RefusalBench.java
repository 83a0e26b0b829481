package dev.quittance.endtoend.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Whether the time of a refusal says what a code is: one after the other, so that each kind meets the same machine. */
final class RefusalBench {
    private static final int ROUNDS_MAX = 2_000;
    private static final int WARM_UP = 300;
    private static final double TARGET = 1.15;
    private static final int KINDS = 3;
    // Nobody is kept from guessing here.
    private static final Map<String, String> SETTINGS = Map.of(
            "QUITTANCE_VOUCHER_GUESSING_PER_ACCOUNT", "1000000000",
            "QUITTANCE_VOUCHER_GUESSING_PER_ADDRESS", "1000000000",
            "QUITTANCE_VOUCHER_GUESSING_GLOBAL_ATTEMPTS", "1000000000");
    private static final String SPOIL = """
        update voucher.vouchers
        set status = case unit %% 3 when 1 then 'void' when 2 then 'expired' else 'redeemed' end,
            is_used = unit %% 3 = 0, used_at = case unit %% 3 when 0 then now() end,
            associated_account = case unit %% 3 when 0 then (%d + unit - 1)::text end, updated_by = 'bench'
        where status = 'active'
        """;

    private final BenchParts parts;
    private final VoucherArm service;
    private final PrintStream out;

    RefusalBench(BenchParts parts, VoucherArm service, PrintStream out) {
        this.parts = parts;
        this.service = service;
        this.out = out;
    }

    /** @return whether the slowest kind's median is within the target of the quickest kind's */
    boolean run(ArmDatabase stocked, VoucherCodes supply) {
        ArmDatabase database = parts.copyOf(stocked);
        parts.arms().run(database.name(), SPOIL.formatted(VoucherCodes.FIRST_ACCOUNT));
        int rounds = Math.min(ROUNDS_MAX, supply.size() / KINDS);
        Map<String, long[]> took = new LinkedHashMap<>();
        List.of("unknown", "void", "expired", "foreign").forEach(kind -> took.put(kind, new long[rounds]));
        VoucherCodes unknown = VoucherCodes.random(rounds);
        try (VoucherArm.Running running = service.start(database, SETTINGS)) {
            for (int round = 0; round < rounds; round++) {
                int first = round * KINDS;
                UUID stranger = UUID.randomUUID();
                List<VoucherCodes.Entry> entries = List.of(
                        unknown.all().get(round),
                        supply.all().get(first),
                        supply.all().get(first + 1),
                        supply.all().get(first + 2));
                int kind = 0;
                for (long[] times : took.values()) {
                    times[round] = running.refused(entries.get(kind), stranger);
                    kind++;
                }
            }
        }
        parts.arms().drop(database.name());
        return report(took);
    }

    private boolean report(Map<String, long[]> took) {
        double quickest = Double.MAX_VALUE;
        double slowest = 0;
        StringBuilder line = new StringBuilder("Refusals, median:");
        for (Map.Entry<String, long[]> kind : took.entrySet()) {
            double median = median(kind.getValue());
            quickest = Math.min(quickest, median);
            slowest = Math.max(slowest, median);
            line.append(String.format(Locale.ROOT, " %s %.0f us;", kind.getKey(), median / 1_000));
        }
        boolean isMet = slowest / quickest <= TARGET;
        out.println(line.append(String.format(
                Locale.ROOT,
                " slowest by quickest %.2f, target %.2f: %s",
                slowest / quickest,
                TARGET,
                isMet ? "met" : "not met")));
        return isMet;
    }

    private static double median(long[] times) {
        return Arrays.stream(times)
                .skip(Math.min(WARM_UP, times.length / 2))
                .sorted()
                .skip((times.length - Math.min(WARM_UP, times.length / 2)) / 2)
                .findFirst()
                .orElse(0);
    }
}
