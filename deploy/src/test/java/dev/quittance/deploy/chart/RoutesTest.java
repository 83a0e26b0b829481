package dev.quittance.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A path leads to the same service in the cluster as behind the local gateway. */
class RoutesTest {
    private static final Pattern ROUTE = Pattern.compile("new Route\\(\"(/[a-z/-]+)\", ([A-Z]+)\\)");

    @Test
    void theHttpRouteIsTheGatewaysTable() {
        // When
        TreeMap<String, String> routes = new TreeMap<>();
        Chart.objects("production", HTTPRoute.class)
                .getFirst()
                .getSpec()
                .getRules()
                .forEach(rule -> rule.getMatches()
                        .forEach(match -> routes.put(
                                match.getPath().getValue(),
                                rule.getBackendRefs().getFirst().getName())));

        // Then
        assertThat(routes).containsAllEntriesOf(expected());
    }

    @Test
    void theIngressIsTheGatewaysTable() {
        // When
        TreeMap<String, String> routes = new TreeMap<>();
        Chart.objects("supabase", Ingress.class)
                .getFirst()
                .getSpec()
                .getRules()
                .getFirst()
                .getHttp()
                .getPaths()
                .forEach(path -> routes.put(
                        path.getPath(), path.getBackend().getService().getName()));

        // Then
        assertThat(routes).containsAllEntriesOf(expected());
    }

    private static TreeMap<String, String> expected() {
        TreeMap<String, String> expected = new TreeMap<>();
        ROUTE.matcher(Chart.text("local-stack/src/main/java/dev/quittance/localstack/gateway/Routes.java"))
                .results()
                .forEach(route -> expected.put(route.group(1), Chart.PREFIX + service(route.group(2))));
        assertThat(expected).hasSizeGreaterThan(15);
        return expected;
    }

    private static String service(String constant) {
        return switch (constant) {
            case "INGEST" -> "webhook-ingest";
            case "PROVISIONING" -> "provisioning-service";
            case "BILLING" -> "billing-ledger";
            case "VOUCHER" -> "voucher-service";
            default -> throw new IllegalArgumentException(constant);
        };
    }
}
