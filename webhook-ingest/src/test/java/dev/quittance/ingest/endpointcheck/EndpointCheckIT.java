package dev.quittance.ingest.endpointcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.SimulatedStripe;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EndpointCheckIT.ByHand.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class EndpointCheckIT {
    private static final String PATH = "/api/admin/endpoint-checks";

    @Test
    void anOperatorAndAMetricAreToldWhatIsMissing() {
        // Given
        JsonObject before = check();
        String endpoint = before.getJsonArray("endpoints").getString(0);
        SimulatedStripe.make("webhook_endpoints/" + endpoint, "enabled_events[]=charge.succeeded");

        // When
        JsonObject missing = check();
        String metrics = Deliveries.management("/q/metrics").body();
        SimulatedStripe.make("webhook_endpoints/" + endpoint, "enabled_events[]=*&disabled=true");
        JsonObject disabled = check();
        check();

        // Then
        assertThat(codes(before)).containsExactly("version_unpinned");
        assertThat(codes(missing)).containsExactly("events_missing", "version_unpinned");
        assertThat(missing.getJsonArray("findings").getJsonObject(0).getJsonArray("missing"))
                .contains("refund.created", "invoice.paid")
                .doesNotContain("charge.succeeded");
        assertThat(metrics).containsPattern("(?m)^endpoint_check_findings(\\{[^}]*})? 2\\.0$");
        assertThat(codes(disabled)).containsExactly("endpoint_disabled");
        assertThat(new JsonArray(Admin.get("operator", PATH).body())
                        .stream().map(JsonObject.class::cast).map(EndpointCheckIT::codes))
                .as("each answer that was another than the one before")
                .containsExactly(
                        List.of("endpoint_disabled"),
                        List.of("events_missing", "version_unpinned"),
                        List.of("version_unpinned"));
    }

    @Test
    void theDeadlineIsToldAndOnlyOperatorsMayAsk() {
        assertThat(Admin.get("operator", "/api/admin/deadline").body()).contains("no unprocessed event");
        assertThat(Admin.get("support", PATH).statusCode()).isEqualTo(403);
        assertThat(Admin.post("support", PATH, "").statusCode()).isEqualTo(403);
        assertThat(Admin.anonymous("/api/admin/deadline").statusCode()).isEqualTo(401);
    }

    private static JsonObject check() {
        HttpResponse<String> answer = Admin.post("operator", PATH, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static List<String> codes(JsonObject check) {
        return check.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .map(finding -> finding.getString("code"))
                .toList();
    }

    /** The test asks. */
    public static final class ByHand implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quittance.ingest.webhook-secrets", Deliveries.SECRET,
                    "quittance.endpoint-check.every", "off",
                    "quittance.reconciliation.turn", "off",
                    "quittance.reconciliation.undelivered-every", "off",
                    "quittance.reconciliation.all-every", "off");
        }
    }
}
