package dev.quittance.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.scene.Deliveries;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behind the application there is nothing but the broker: no Redis, and no database either. */
@QuarkusTest
@TestProfile(NoRedisIT.NothingBehind.class)
@QuarkusTestResource(value = OnlyABroker.class, restrictToAnnotatedClass = true)
class NoRedisIT {
    @Test
    @DisplayName("A3, A4: without Postgres and Redis Stripe is answered as ever, and the service is ready")
    void theAnswerNeedsTheBrokerAlone() {
        // When
        List<HttpResponse<String>> signed = Deliveries.atOnce(
                20, () -> Deliveries.post("{\"id\":\"evt_alone\",\"type\":\"llama.created\",\"livemode\":false}"));
        List<HttpResponse<String>> unsigned = Deliveries.atOnce(
                20, () -> Deliveries.post("{}".getBytes(StandardCharsets.UTF_8), "t=1,v1=" + "a".repeat(64)));

        // Then
        assertThat(ConfigProvider.getConfig().getValue("quittance.edge.unsigned-max", Integer.class))
                .isEqualTo(5);
        assertThat(signed).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(unsigned).extracting(HttpResponse::statusCode).containsOnly(400);
        assertThat(Deliveries.management("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("A16: invoice.created is answered within a second though nobody behind takes anything")
    void anInvoiceIsNotKeptWaiting() {
        // Given: the first of all requests is slower than any other
        Deliveries.post("{\"id\":\"evt_first\",\"type\":\"invoice.created\",\"livemode\":false}");
        long start = System.nanoTime();

        // When
        HttpResponse<String> answer =
                Deliveries.post("{\"id\":\"evt_invoice\",\"type\":\"invoice.created\",\"livemode\":false}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    /** Nobody listens at either address. */
    public static final class NothingBehind implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET, "quittance.edge.unsigned-max", "5");
        }
    }
}
