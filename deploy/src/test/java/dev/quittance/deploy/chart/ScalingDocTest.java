package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The arithmetic of docs/scaling.md, done again. */
class ScalingDocTest {
    private static final List<String> LINES =
            Chart.text("docs/scaling.md").lines().toList();
    private static final double MICROS = 1_000_000;
    private static final double GIBIBYTE = 1L << 30;
    private static final long DAY_SECONDS = 86_400;
    private static final long PARTITIONS_MIN = 12;
    /** Up to so many events a second polls are not full. */
    private static final long SMALL_BATCHES_MAX = 1_000;

    private static final List<String> CONSUMERS = List.of("provisioning-service", "billing-ledger", "voucher-service");

    @Test
    void everySizeIsWhatItsEventsCost() {
        // Given
        Map<String, Long> full = costs();
        Map<String, Taken> taken = taken();
        double load = cost(full, "load") / 100;

        // When
        List<List<String>> sizes = rows().stream()
                .filter(row -> row.size() == 6 && row.getFirst().matches("\\d+"))
                .toList();

        // Then
        assertThat(sizes).hasSize(3).allSatisfy(row -> {
            long events = Long.parseLong(row.getFirst());
            boolean isFull = events > SMALL_BATCHES_MAX;
            double door = isFull ? cost(full, "door") : micros(taken, "webhook-ingest");
            double busiest = isFull
                    ? cost(full, "consumer")
                    : CONSUMERS.stream()
                            .mapToDouble(name -> micros(taken, name))
                            .max()
                            .orElseThrow();
            double consumers = isFull
                    ? cost(full, "consumer") * cost(full, "consumers")
                    : CONSUMERS.stream()
                            .mapToDouble(name -> micros(taken, name))
                            .sum();
            double postgres = isFull ? cost(full, "postgres") : micros(taken, "postgres");
            assertThat(row.subList(1, 6))
                    .containsExactly(
                            cores(events * door / MICROS / load),
                            cores(events * consumers / MICROS / load),
                            cores(events * postgres / MICROS / load),
                            Long.toString(
                                    Math.max(PARTITIONS_MIN, (long) Math.ceil(events * busiest / MICROS / load) * 3)),
                            Long.toString(Math.round(events * cost(full, "bytes") * DAY_SECONDS / GIBIBYTE)));
        });
    }

    @Test
    void aPodIsPromisedWhatWasMeasured() {
        // Given
        Map<String, Taken> taken = taken();
        List<String> values =
                Chart.text("deploy/helm/quittance/values.yaml").lines().toList();
        int defaults = values.indexOf("serviceDefaults:");
        long millicores = number(values, defaults, "      cpu: ", "m");
        long memory = number(values, defaults, "      memory: ", "Mi");

        // Then
        assertThat(List.of("webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service"))
                .allSatisfy(service -> {
                    Taken its = Objects.requireNonNull(taken.get(service), service);
                    assertThat(millicores).isGreaterThanOrEqualTo(2 * its.idleMillicores());
                    assertThat(memory).isGreaterThanOrEqualTo(its.peakMebibytes() * 5 / 4);
                });
    }

    /** What a process takes, by {@code ./quittance bench --pods}. */
    private record Taken(long idleMillicores, long micros, long peakMebibytes) {}

    private static Map<String, Taken> taken() {
        Map<String, Taken> taken = new TreeMap<>();
        rows().stream()
                .filter(row -> row.size() == 7 && row.getLast().matches("\\d+"))
                .forEach(row -> taken.put(
                        row.getFirst(),
                        new Taken(Long.parseLong(row.get(2)), Long.parseLong(row.get(4)), Long.parseLong(row.get(6)))));
        assertThat(taken)
                .containsOnlyKeys(
                        "webhook-ingest",
                        "provisioning-service",
                        "billing-ledger",
                        "voucher-service",
                        "postgres",
                        "kafka");
        return taken;
    }

    private static double micros(Map<String, Taken> taken, String name) {
        return Objects.requireNonNull(taken.get(name), name).micros();
    }

    private static long number(List<String> values, int from, String key, String unit) {
        return values.stream()
                .skip(from)
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace(unit, ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static double cost(Map<String, Long> costs, String part) {
        return costs.getOrDefault(part, 0L);
    }

    private static String cores(double cores) {
        return String.format(Locale.ROOT, "%.3f", cores);
    }

    private static Map<String, Long> costs() {
        Map<String, Long> costs = new TreeMap<>();
        rows().stream()
                .filter(row -> row.size() == 3 && row.get(1).matches("\\d+"))
                .forEach(row -> costs.put(row.getFirst(), Long.parseLong(row.get(1))));
        assertThat(costs).containsOnlyKeys("door", "consumer", "postgres", "consumers", "bytes", "load");
        return costs;
    }

    private static List<List<String>> rows() {
        return LINES.stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
