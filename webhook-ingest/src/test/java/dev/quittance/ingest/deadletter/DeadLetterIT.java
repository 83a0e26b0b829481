package dev.quittance.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Broker;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.Records;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(DeadLetterIT.OneSecret.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class DeadLetterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PATH = "/api/admin/dead-letters";

    private final Database database = Database.ofTheService();

    @Test
    @DisplayName("B5: a dead letter is replayed once, on the topic that it came from and as it was")
    void aLetterGoesBackAsItWas() {
        // Given
        byte[] body = "{\"id\":\"evt_dead\",\"amount\":1}".getBytes(StandardCharsets.UTF_8);
        long id = letter("evt_dead", Topics.VOUCHER_EVENTS, Topics.BILLING, body);

        // When
        HttpResponse<String> replayed = Admin.post("operator", PATH + "/" + id + "/replay", "");
        HttpResponse<String> again = Admin.post("operator", PATH + "/" + id + "/replay", "");

        // Then
        assertThat(replayed.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(replayed.body()).getString("state")).isEqualTo("replayed");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("\"code\":\"dead_letter_decided\"");
        List<ConsumerRecord<String, byte[]>> records = Records.of(Topics.VOUCHER_EVENTS, "evt_dead");
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(body);
            assertThat(record.key()).isEqualTo("key of evt_dead");
            assertThat(Records.header(record, Headers.TRACEPARENT)).isEqualTo("00-trace");
            assertThat(record.headers().toArray())
                    .noneMatch(header -> header.key().startsWith("dead_"));
        });
    }

    @Test
    void aLetterSaysWhatItIsAndWhyItDied() {
        // Given
        long id = letter(
                "evt_looked",
                Topics.STRIPE_EVENTS,
                Topics.PROVISIONING,
                "{\"name\":\"Ann\"}".getBytes(StandardCharsets.UTF_8));

        // When
        JsonObject letter =
                new JsonObject(Admin.get("operator", PATH + "/" + id).body());

        // Then
        assertThat(letter.getString("group")).isEqualTo(Topics.PROVISIONING);
        assertThat(letter.getString("topic")).isEqualTo(Topics.STRIPE_EVENTS);
        assertThat(letter.getString("code")).isEqualTo("SQL_22003");
        assertThat(letter.getString("cause")).isEqualTo("dev.quittance.Some:12");
        assertThat(letter.getLong("offset")).isEqualTo(77);
        assertThat(letter.getString("body")).isEqualTo("{\"name\":\"Ann\"}");
        assertThat(letter.getJsonObject("headers").getString(Headers.CE_TYPE)).isEqualTo("charge.succeeded");
        assertThat(Admin.get("operator", PATH + "?state=open&group=provisioning-service")
                        .body())
                .contains("evt_looked")
                .doesNotContain("Ann");
    }

    @Test
    void aLetterIsDiscardedForAReasonOnly() {
        // Given
        long id = letter("evt_gone", Topics.BILLING_EVENTS, Topics.VOUCHER, new byte[] {1});

        // When
        HttpResponse<String> without = Admin.post("operator", PATH + "/" + id + "/discard", "{}");
        HttpResponse<String> odd = Admin.post("operator", PATH + "/" + id + "/discard", "[");
        HttpResponse<String> with =
                Admin.post("operator", PATH + "/" + id + "/discard", "{\"reason\":\"a test of the shop's\"}");

        // Then
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(odd.statusCode()).isEqualTo(400);
        assertThat(with.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(with.body()).getString("reason")).isEqualTo("a test of the shop's");
        assertThat(new JsonObject(with.body()).getString("decidedBy")).isNotBlank();
        assertThat(Admin.post("operator", PATH + "/" + id + "/replay", "").statusCode())
                .isEqualTo(409);
        assertThat(Records.of(Topics.BILLING_EVENTS, "evt_gone")).isEmpty();
    }

    @Test
    @DisplayName("N-18: what somebody else laid on the topic is kept, and goes nowhere")
    void aLetterOfNobodysIsListedAndCannotBeReplayed() {
        // Given
        long before = database.count("select count(*) from ingest.dead_letters");
        Broker.write(
                Topics.deadLetters(Topics.STRIPE_EVENTS, Topics.BILLING),
                null,
                null,
                Map.of(Headers.DEAD_TOPIC, "somebody.elses", Headers.DEAD_CAUSE, "a\0b", Headers.DEAD_OFFSET, "many"));
        await().atMost(PATIENCE).until(() -> database.count("select count(*) from ingest.dead_letters") > before);
        long id = database.count("select id from ingest.dead_letters where topic = 'somebody.elses'");

        // When
        HttpResponse<String> answer = Admin.post("operator", PATH + "/" + id + "/replay", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"code\":\"dead_letter_not_replayable\"");
        assertThat(database.column("select cause from ingest.dead_letters where id = ?", id))
                .containsExactly("ab");
    }

    @Test
    void whatIsNotThereIsToldAsSuch() {
        assertThat(Admin.get("operator", PATH + "/999999").statusCode()).isEqualTo(404);
        assertThat(Admin.post("operator", PATH + "/999999/replay", "").statusCode())
                .isEqualTo(404);
        assertThat(Admin.post("operator", PATH + "/999999/discard", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"support", "authenticated", "service_role"})
    void onlyOperatorsMay(String role) {
        assertThat(Admin.get(role, PATH).statusCode()).isEqualTo(403);
        assertThat(Admin.post(role, PATH + "/1/replay", "").statusCode()).isEqualTo(403);
        assertThat(Admin.post(role, PATH + "/1/discard", "{\"reason\":\"x\"}").statusCode())
                .isEqualTo(403);
        assertThat(Admin.anonymous(PATH).statusCode()).isEqualTo(401);
    }

    @Test
    void whatADeadLetterWasIsNotRewritten() {
        // Given
        letter("evt_fixed", Topics.BILLING_EVENTS, Topics.VOUCHER, new byte[] {1});

        // When / Then
        assertThatThrownBy(() -> database.execute(
                        "update ingest.dead_letters set state = 'discarded', decided_at = now(), decided_by = 'x'"
                                + " where event_id = 'evt_fixed'"))
                .hasMessageContaining("dead_letters_discarded_for_a_reason");
    }

    /** Lays one where a consumer would, and waits until it is in the table. */
    private long letter(String eventId, String topic, String group, byte[] body) {
        Broker.write(
                Topics.deadLetters(topic, group),
                "key of " + eventId,
                body,
                Map.of(
                        Headers.CE_ID, eventId,
                        Headers.CE_TYPE, "charge.succeeded",
                        Headers.TRACEPARENT, "00-trace",
                        Headers.DEAD_CODE, "SQL_22003",
                        Headers.DEAD_CAUSE, "dev.quittance.Some:12",
                        Headers.DEAD_TOPIC, topic,
                        Headers.DEAD_PARTITION, "2",
                        Headers.DEAD_OFFSET, "77",
                        Headers.DEAD_GROUP, group));
        List<String> ids = await().atMost(PATIENCE)
                .until(
                        () -> database.column("select id from ingest.dead_letters where event_id = ?", eventId),
                        found -> !found.isEmpty());
        return Long.parseLong(ids.getFirst());
    }

    /** The smallest configuration that starts. */
    public static final class OneSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET);
        }
    }
}
