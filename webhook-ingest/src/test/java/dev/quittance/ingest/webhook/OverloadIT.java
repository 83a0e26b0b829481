package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.scene.Deliveries;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OverloadIT.NoRoom.class)
class OverloadIT {
    @Test
    @DisplayName("A13: who finds no room is sent away at once and told when to come again")
    void whoFindsNoRoomIsSentAwayAtOnceAndToldWhenToComeAgain() {
        // When
        HttpResponse<String> answer =
                Deliveries.post("{\"id\":\"evt_1\",\"type\":\"llama.created\",\"livemode\":false}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.body()).contains("\"code\":\"overloaded\"");
        assertThat(Deliveries.management("/q/metrics").body())
                .contains("webhook_received_total{outcome=\"overloaded\"}");
    }

    /** No place in flight, and no broker either: nothing is tried. */
    public static final class NoRoom implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:1",
                    "quittance.ingest.in-flight-records-max", "0",
                    "quittance.ingest.retry-after", "7s",
                    "quittance.ingest.webhook-secrets", Deliveries.SECRET);
        }
    }
}
