package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    @Test
    void everySizeIsWhatItsEventsCost() {
        // Given
        Map<String, Long> costs = costs();
        double load = costs.getOrDefault("load", 0L) / 100.0;

        // When
        List<List<String>> sizes = rows().stream()
                .filter(row -> row.size() == 6 && row.getFirst().matches("\\d+"))
                .toList();

        // Then
        assertThat(sizes).hasSize(3).allSatisfy(row -> {
            long events = Long.parseLong(row.getFirst());
            double consumer = events * cost(costs, "consumer") / MICROS / load;
            assertThat(row.subList(1, 6))
                    .containsExactly(
                            cores(events * cost(costs, "door") / MICROS / load),
                            cores(consumer * cost(costs, "consumers")),
                            cores(events * cost(costs, "postgres") / MICROS / load),
                            Long.toString(Math.max(PARTITIONS_MIN, (long) Math.ceil(consumer) * 3)),
                            Long.toString(Math.round(events * cost(costs, "bytes") * DAY_SECONDS / GIBIBYTE)));
        });
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
