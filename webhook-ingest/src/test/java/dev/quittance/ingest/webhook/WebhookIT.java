package dev.quittance.ingest.webhook;

import static dev.quittance.ingest.scene.Deliveries.NEXT_SECRET;
import static dev.quittance.ingest.scene.Deliveries.SECRET;
import static dev.quittance.ingest.scene.Deliveries.signature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.Records;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WebhookIT.TwoSecrets.class)
@QuarkusTestResource(value = EmbeddedParts.class, restrictToAnnotatedClass = true)
class WebhookIT {
    private static final int LIMIT = 512 * 1_024;

    @Inject
    KafkaClientService kafka;

    @Test
    void aSignedEventIsOnTheTopicByteForByteBeforeTheAnswer() {
        // Given: spaces, escapes and letters that any re-serialisation would change
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        String body = """
                { "id": "evt_bytes",  "object":"event", "type":"customer.created","api_version":"2026-07-29.dahlia",
                  "created":1763633730, "livemode":false, "pending_webhooks": 2, "account":"acct_1",
                  "data":{"object":{"id":"cus_1","object":"customer","name":"J\\u00fcrgen \u00e4\ud83d\ude00\\u0000","n":1.50}}}
                """;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        // When
        HttpResponse<String> answer = Deliveries.post(bytes, signature(body, SECRET), "traceparent", trace);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"received\":true}");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        List<ConsumerRecord<String, byte[]>> records = Records.of(Topics.STRIPE_EVENTS, "evt_bytes");
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(bytes);
            assertThat(record.key()).isEqualTo("acct_1/cus_1");
            assertThat(Records.header(record, Headers.CE_TYPE)).isEqualTo("customer.created");
            assertThat(Records.header(record, Headers.CE_SOURCE)).isEqualTo("/stripe/acct_1");
            assertThat(Records.header(record, Headers.CE_SUBJECT)).isEqualTo("cus_1");
            assertThat(Records.header(record, Headers.CE_TIME)).isEqualTo("2025-11-20T10:15:30Z");
            assertThat(Records.header(record, Headers.STRIPE_LIVEMODE)).isEqualTo("false");
            assertThat(Records.header(record, Headers.TRACEPARENT)).isEqualTo(trace);
            assertThat(Records.header(record, Headers.BODY_SHA256))
                    .isEqualTo(BodyDigest.of(bytes).hex());
        });
    }

    @Test
    @DisplayName("A8: while a secret is rolled, and for a Connect endpoint beside ours, each secret is taken")
    void whileASecretIsRolledBothAreTaken() {
        // Given
        String body = event("evt_rolled");

        // When
        HttpResponse<String> answer =
                Deliveries.post(body.getBytes(StandardCharsets.UTF_8), signature(body, NEXT_SECRET));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Deliveries.management("/q/metrics").body()).contains("webhook_verified_total{secret=\"1\"}");
    }

    @Test
    void everyDeliveryIsPublishedAndConsumersTellThemApart() {
        // Given
        String body = event("evt_twice");

        // When
        int first = Deliveries.post(body).statusCode();
        int second = Deliveries.post(body).statusCode();

        // Then
        assertThat(List.of(first, second)).containsOnly(200);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_twice")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"false\"", "null"})
    void anotherLivemodeIsSetAsideAndHasNoEffect(String livemode) {
        // Given
        String id = "evt_aside" + Math.abs(livemode.hashCode());
        String body = "{\"id\":\"" + id + "\",\"type\":\"charge.succeeded\",\"livemode\":" + livemode + "}";

        // When
        HttpResponse<String> answer = Deliveries.post(body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Records.of(Topics.STRIPE_SET_ASIDE, id)).hasSize(1);
        assertThat(Records.of(Topics.STRIPE_EVENTS, id)).isEmpty();
        assertThat(Deliveries.management("/q/metrics").body())
                .contains("webhook_received_total{outcome=\"set_aside\"}", "webhook_publish_seconds_bucket");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signature_header_malformed | t",
                "signature_header_malformed | t,,",
                "signature_header_malformed | v1,t=1",
                "signature_timestamp_malformed | t=,v1=aa",
                "signature_v1_missing | t=1,v0=aa",
                "signature_v1_malformed | t=1,v1=aa"
            })
    void aHeaderThatProvesNothingIsABadRequest(String code, String header) {
        assertProblem(Deliveries.post(event("evt_unsigned").getBytes(StandardCharsets.UTF_8), header), 400, code);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_unsigned")).isEmpty();
        assertThat(Deliveries.management("/q/metrics").body())
                .contains("webhook_received_total{outcome=\"" + code + "\"}");
    }

    @Test
    @DisplayName("A6: unsigned, forged and overlong headers are bad requests")
    void unsignedForgedAndOverlongHeadersAreBadRequests() {
        byte[] body = event("evt_forged").getBytes(StandardCharsets.UTF_8);

        assertProblem(Deliveries.post(body, null), 400, "signature_header_missing");
        assertProblem(
                Deliveries.post(body, signature(event("evt_forged"), "whsec_Zk3v8QmR1tYw6NbXc5JhGd2S")),
                400,
                "signature_mismatch");
        assertProblem(
                Deliveries.post(body, "t=1" + (",v1=" + "a".repeat(64)).repeat(200)), 400, "signature_header_too_long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty_body | ''",
                "malformed_json | {",
                "not_an_object | []",
                "trailing_data | {\"id\":\"evt_1\",\"type\":\"a.b\"}[",
                "no_event_id | {\"type\":\"a.b\"}",
                "thin_event | {\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"a.b\"}"
            })
    void aSignedBodyThatIsNoEventIsABadRequest(String code, String body) {
        assertProblem(Deliveries.post(body), 400, code);
    }

    @Test
    void headersThatDoNotMatterCannotHurt() {
        // Given
        String body = event("evt_types");

        // When
        HttpResponse<String> answer = Deliveries.post(
                body.getBytes(StandardCharsets.UTF_8),
                signature(body, SECRET),
                "Content-Type",
                "garbage",
                "Accept",
                "image/png;q=x",
                "traceparent",
                "nonsense");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_types"))
                .singleElement()
                .satisfies(record -> assertThat(Records.header(record, Headers.TRACEPARENT))
                        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
    }

    @Test
    void theLargestBodyIsTakenAndOneByteMoreIsNot() {
        // Given
        String frame = event("evt_large");
        String largest = frame + " ".repeat(LIMIT - frame.length());

        // Then
        assertThat(Deliveries.post(largest).statusCode()).isEqualTo(200);
        assertProblem(Deliveries.post(largest + " "), 413, "body_too_large");
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_large")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 20 * LIMIT})
    void aBodyThatDoesNotSayItsLengthHasTheSameLimit(int length) throws IOException {
        // Given
        byte[] chunk = ("400\r\n" + "x".repeat(1_024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("localhost", Deliveries.port())) {
            OutputStream out = socket.getOutputStream();

            // When
            out.write("POST /api/webhooks/stripe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            writeUntilCutOff(out, chunk, length / 1_024 + 1);

            // Then
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"})
    void onlyPostIsTaken(String method) {
        // When
        HttpResponse<String> answer = Deliveries.request(method);

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void anAcknowledgementMeansAllReplicasAndOnce() {
        assertThat(List.of("stripe-events", "stripe-set-aside")).allSatisfy(channel -> {
            Map<String, Object> effective =
                    new HashMap<>(kafka.getProducer(channel).configuration());
            assertThat(effective)
                    .containsEntry("acks", "all")
                    .containsEntry("enable.idempotence", "true")
                    .containsEntry("compression.type", "lz4")
                    .containsEntry("delivery.timeout.ms", "5000")
                    .containsEntry("max.block.ms", "1000");
        });
    }

    @Test
    void readyMeansThatTheBrokerKnowsTheTopics() {
        assertThat(Deliveries.management("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(Deliveries.management("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aHundredAtOnceAreAllTaken() {
        // When
        List<HttpResponse<String>> answers = Deliveries.atOnce(100, () -> Deliveries.post(event("evt_burst")));

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_burst")).hasSize(100);
    }

    private static void writeUntilCutOff(OutputStream out, byte[] chunk, int times) {
        try {
            for (int sent = 0; sent < times; sent++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The server need not read what it refuses.
            assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status);
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"llama.created\",\"livemode\":false,"
                + "\"data\":{\"object\":{\"id\":\"llama_1\",\"object\":\"llama\"}}}";
    }

    /** As during a roll. */
    public static final class TwoSecrets implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", SECRET + "," + NEXT_SECRET);
        }
    }
}
