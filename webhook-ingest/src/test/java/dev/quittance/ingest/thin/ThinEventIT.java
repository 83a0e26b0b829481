package dev.quittance.ingest.thin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.Records;
import dev.quittance.ingest.scene.SimulatedStripe;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ThinEventIT.Quiet.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class ThinEventIT {
    @Test
    @DisplayName("A15: on its own URL a thin event is published with the object that Stripe has")
    void aThinEventIsFetchedAndPublished() {
        // Given
        String customer = new JsonObject(SimulatedStripe.make("customers", "email=thin%40example.com")).getString("id");

        // When
        HttpResponse<String> answer = post(thin("evt_thin", "v1.customer.updated", "customer", customer));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        ConsumerRecord<String, byte[]> record =
                Records.of(Topics.STRIPE_EVENTS, "evt_thin").getFirst();
        assertThat(Records.header(record, Headers.CE_TYPE)).isEqualTo("customer.updated");
        assertThat(record.key()).isEqualTo(customer);
        JsonObject object = new JsonObject(new String(record.value(), StandardCharsets.UTF_8))
                .getJsonObject("data")
                .getJsonObject("object");
        assertThat(object.getString("email")).isEqualTo("thin@example.com");
    }

    @Test
    @DisplayName(
            "A15, S-04: a kind that nobody knows is published without its object, and the URL in the event is never fetched")
    void anUnknownKindIsPublishedAsItIs() {
        // When
        HttpResponse<String> answer = post(thin("evt_kind", "v2.money.moved", "v2.money", "mny_1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(
                        Records.of(Topics.STRIPE_EVENTS, "evt_kind").getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"type\":\"v2.money.moved\"", "\"object\":{\"id\":\"mny_1\"");
    }

    @Test
    void anObjectThatIsNotThereYetMeansComeAgain() {
        // When
        HttpResponse<String> answer = post(thin("evt_absent", "v1.customer.updated", "customer", "cus_absent"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_absent")).isEmpty();
    }

    @Test
    @DisplayName("A15: on the wrong URL each kind of event is told so")
    void aSnapshotEventIsToldWhereItBelongs() {
        assertThat(post("{\"id\":\"evt_snap\",\"type\":\"llama.created\",\"livemode\":false}")
                        .body())
                .contains("\"code\":\"snapshot_event\"");
        assertThat(post("{\"id\":\"evt_bare\",\"object\":\"v2.core.event\",\"type\":\"v1.customer.updated\"}")
                        .body())
                .contains("\"code\":\"thin_event_unreadable\"");
        assertThat(post(thin("evt_path", "v1.customer.updated", "customer", "../accounts"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(Deliveries.post(Deliveries.THIN, "{}".getBytes(StandardCharsets.UTF_8), "t=1,v1=" + "a".repeat(64))
                        .statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> post(String body) {
        return Deliveries.post(
                Deliveries.THIN, body.getBytes(StandardCharsets.UTF_8), Deliveries.signature(body, Deliveries.SECRET));
    }

    private static String thin(String id, String type, String kind, String object) {
        return """
                {"id":"%s","object":"v2.core.event","type":"%s","created":"2026-11-20T10:00:00.000Z","livemode":false,
                "related_object":{"id":"%s","type":"%s","url":"http://127.0.0.1:1/never"}}
                """.formatted(id, type, object, kind);
    }

    /** Nothing but what the test does. */
    public static final class Quiet implements QuarkusTestProfile {
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
