package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.localstack.process.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An alert on a metric that nobody exposes never fires, and a panel of it is empty: both look like peace. */
@ExtendWith(StoryStack.Started.class)
class MetricsStory {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final List<String> SERVICES = List.of("INGEST", "PROVISIONING", "BILLING", "VOUCHER");
    private static final Pattern IN_MANUAL =
            Pattern.compile("`((?:[a-z]+_)+(?:total|seconds|minor|spent|untouched))(?:\\{[^}]*})?`");
    private static final String EMAIL = "watched@example.com";
    /** There once the cache was compared with the ledger, which is not in the first minutes. */
    private static final Set<String> EXPOSED_LATER = Set.of("balances_drift");

    @Test
    void alertsAndDashboardsAskOnlyForWhatTheServicesExpose(StoryStack stack) throws Exception {
        // Given
        Set<String> asked =
                Expressions.all(Checkout.find().root().resolve(Path.of("deploy", "helm", "quittance"))).stream()
                        .flatMap(expression -> Expressions.metrics(expression).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked).hasSizeGreaterThan(20);
        Set<String> told = IN_MANUAL
                .matcher(Files.readString(Checkout.find().root().resolve("docs/operations.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).hasSizeGreaterThan(8);

        // When
        Shop shop = stack.shop();
        shop.buy(shop.price(), EMAIL, Map.of());
        new Effects(stack).awaitCounts(EMAIL, Effects.Counts.each(1));
        stack.buyer(UUID.randomUUID()).post("/api/vouchers/redeem", "{\"code\": \"NOSUCHCODE\"}");

        // Then
        await("every metric of the rules and dashboards")
                .atMost(ANSWER_MAX.multipliedBy(6))
                .untilAsserted(() -> {
                    Set<String> names = exposed(stack);
                    Set<String> missing = new TreeSet<>(asked);
                    missing.removeAll(names);
                    missing.removeAll(EXPOSED_LATER);
                    assertThat(missing).isEmpty();
                    assertThat(told).allMatch(name -> names.stream().anyMatch(each -> isOf(name, each)));
                });
    }

    @Test
    void anExpressionIsReadAsPrometheusWould() {
        assertThat(Expressions.metrics(
                        "sum by (service, le) (rate(a_total{b=\"c\"}[5m])) > 0.2 * sum(d) and on () e == 1"))
                .containsExactly("a_total", "d", "e");
        assertThat(Expressions.metrics(
                        "histogram_quantile(0.99, sum by (le) (rate(x_bucket[10m]))) or absent(y{s=\"t u\"})"))
                .containsExactly("x_bucket", "y");
    }

    /** A histogram and a summary are exposed as several, of which the manual names the whole. */
    private static boolean isOf(String name, String exposed) {
        return exposed.equals(name) || exposed.equals(name + "_count");
    }

    private static Set<String> exposed(StoryStack stack) throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (String service : SERVICES) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(stack.env(service + "_MANAGEMENT_URL") + "/q/metrics"))
                        .timeout(ANSWER_MAX)
                        .build();
                http.send(request, HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst("[{ ].*", ""))
                        .forEach(names::add);
            }
        }
        return names;
    }
}
