package dev.quittance.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(EdgeIT.FewUnsigned.class)
@QuarkusTestResource(value = EmbeddedParts.class, restrictToAnnotatedClass = true)
class EdgeIT {
    @Test
    @DisplayName(
            "A13: who proves nothing is sent away after a while, and who has a signature never is, from the same address")
    void onlyUnsignedRequestsAreLimited() {
        // Given
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        List<HttpResponse<String>> unsigned = new ArrayList<>();

        // When
        for (int i = 0; i < 8; i++) {
            unsigned.add(Deliveries.post(body, "t=1,v1=" + "a".repeat(64)));
        }
        List<HttpResponse<String>> signed = Deliveries.atOnce(
                20, () -> Deliveries.post("{\"id\":\"evt_signed\",\"type\":\"llama.created\",\"livemode\":false}"));

        // Then
        assertThat(unsigned.subList(0, 5)).extracting(HttpResponse::statusCode).containsOnly(400);
        assertThat(unsigned.subList(5, 8)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("\"code\":\"too_many_unsigned\"");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        assertThat(signed).extracting(HttpResponse::statusCode).containsOnly(200);
    }

    @ParameterizedTest
    @DisplayName("S-07: a path that could be read in two ways reaches no resource")
    @ValueSource(
            strings = {
                "/api/webhooks/stripe;x",
                "/api/webhooks%2Fstripe",
                "/api/webhooks/%2e%2e/admin/events",
                "//api/webhooks/stripe",
                "/api/admin/events;x",
                "/api/admin/../admin/events",
                "/api/admin%2fevents",
                "/api/admin/events%3Bx",
                "/api/%5Cadmin/events"
            })
    void aPathWithTwoReadingsIsRefused(String path) throws IOException {
        try (Socket socket = new Socket("localhost", Deliveries.port())) {
            // When
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            // Then
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    @DisplayName("A6, F-20: what was signed six minutes ago is refused, and the difference of the clocks is measured")
    void theClocksDifferenceIsMeasured() {
        // Given
        String body = "{\"id\":\"evt_clock\",\"type\":\"llama.created\",\"livemode\":false}";

        // When
        int taken = Deliveries.post(body).statusCode();
        String inStep = Deliveries.management("/q/metrics").body();
        int refused = Deliveries.post(
                        body.getBytes(StandardCharsets.UTF_8),
                        Deliveries.signature(
                                body, Deliveries.SECRET, Instant.now().minusSeconds(360)))
                .statusCode();

        // Then
        assertThat(taken).isEqualTo(200);
        assertThat(refused).isIn(400, 429);
        assertThat(inStep).containsPattern("(?m)^webhook_clock_difference_seconds(\\{[^}]*})? [0-5]\\.0$");
        assertThat(Deliveries.management("/q/metrics").body())
                .containsPattern("(?m)^webhook_clock_difference_seconds(\\{[^}]*})? 36[0-9]\\.0$");
    }

    @Test
    @DisplayName(
            "S-11: behind a proxy that is trusted it is the client who is counted, and no other client waits for it")
    void theRealClientIsCounted() {
        // Given
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        List<Integer> one = new ArrayList<>();

        // When
        for (int i = 0; i < 7; i++) {
            one.add(Deliveries.post(body, "t=1,v1=" + "a".repeat(64), "X-Forwarded-For", "203.0.113.7")
                    .statusCode());
        }
        int other = Deliveries.post(body, "t=1,v1=" + "a".repeat(64), "X-Forwarded-For", "203.0.113.8")
                .statusCode();

        // Then
        assertThat(one).containsExactly(400, 400, 400, 400, 400, 429, 429);
        assertThat(other).isEqualTo(400);
    }

    @Test
    @DisplayName("N-15: a header without end is cut off")
    void aHeaderHasALimit() throws IOException {
        try (Socket socket = new Socket("localhost", Deliveries.port())) {
            // When
            socket.getOutputStream()
                    .write(("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(30_000)
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            // Then
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 431".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 431");
        }
    }

    @Test
    @DisplayName("N-16: who says nothing and who says it slowly keep nobody else from being taken")
    void idleAndSlowConnectionsTakeNobodysPlace() throws IOException {
        // Given
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 1_200; i++) {
                Socket socket = new Socket("localhost", Deliveries.port());
                crowd.add(socket);
                if (i % 10 == 0) {
                    socket.getOutputStream()
                            .write("POST /api/webhooks/stripe HTTP/1.1\r\nX-Slow: "
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }

            // When
            List<HttpResponse<String>> signed = Deliveries.atOnce(
                    20, () -> Deliveries.post("{\"id\":\"evt_crowd\",\"type\":\"llama.created\",\"livemode\":false}"));

            // Then
            assertThat(signed).extracting(HttpResponse::statusCode).containsOnly(200);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    /** Few enough to be reached at once. */
    public static final class FewUnsigned implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quittance.ingest.webhook-secrets", Deliveries.SECRET,
                    "quittance.edge.unsigned-max", "5",
                    "quittance.edge.redis-timeout", "5s");
        }
    }
}
