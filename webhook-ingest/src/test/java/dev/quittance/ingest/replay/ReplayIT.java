package dev.quittance.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
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
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ReplayIT.ByHand.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class ReplayIT {
    private static final String PATH = "/api/admin/events/replays";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database = Database.ofTheService();

    @Inject
    ReplayJob job;

    @Test
    void aReplayTellsFirstAndPublishesTheSameBytesAfterwards() {
        // Given
        post("told", 5);
        database.execute(
                "update ingest.stripe_events set body = null, purged_at = now() where event_id = 'evt_told_5'");

        // When
        JsonObject dry = json(Admin.post("operator", PATH, "{\"customer\":\"cus_told\"}"), 200);
        HttpResponse<String> unsaid = Admin.post("operator", PATH, "{\"customer\":\"cus_told\",\"dryRun\":false}");
        HttpResponse<String> wrong =
                Admin.post("operator", PATH, "{\"customer\":\"cus_told\",\"dryRun\":false,\"expect\":4}");
        long id = begin("{\"customer\":\"cus_told\",\"dryRun\":false,\"expect\":5}");
        drain();

        // Then
        assertThat(dry.getLong("expect")).isEqualTo(5);
        assertThat(dry.getLong("purged")).isEqualTo(1);
        assertThat(dry.getJsonArray("ids")).hasSize(5);
        assertThat(List.of(unsaid.statusCode(), wrong.statusCode())).containsOnly(409);
        JsonObject replay = json(Admin.get("operator", PATH + "/" + id), 200);
        assertThat(replay.getString("state")).isEqualTo("done");
        assertThat(replay.getLong("published")).isEqualTo(4);
        assertThat(replay.getLong("skipped")).isEqualTo(1);
        List<ConsumerRecord<String, byte[]>> records = Records.of(Topics.STRIPE_EVENTS, "evt_told_1");
        assertThat(records).hasSize(2);
        assertThat(records.getLast().value()).isEqualTo(records.getFirst().value());
        assertThat(records.getLast().key()).isEqualTo(records.getFirst().key());
        assertThat(records)
                .extracting(record -> Records.header(record, Headers.BODY_SHA256))
                .containsOnly(Records.header(records.getFirst(), Headers.BODY_SHA256));
        assertThat(records)
                .extracting(record -> Records.header(record, Headers.ORIGIN))
                .containsExactly("secret:0", "replay:" + id);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_told_5")).hasSize(1);
        assertThat(count("told")).isEqualTo(5);
    }

    @Test
    void oneEventIsReplayedWithoutAsking() {
        // Given
        post("one", 2);

        // When
        json(Admin.post("operator", "/api/admin/events/evt_one_1/replay", ""), 202);
        drain();

        // Then
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_one_1")).hasSize(2);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_one_2")).hasSize(1);
        assertThat(Admin.post("operator", "/api/admin/events/evt_never/replay", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aLongReplayIsFollowedGoesOnAfterAKillAndIsStopped() {
        // Given
        post("long", 150);
        long id = begin("{\"customer\":\"cus_long\",\"dryRun\":false,\"expect\":150}");

        // When: one chunk, and then a process that took the next and died
        job.step().await().atMost(PATIENCE);
        long published = json(Admin.get("operator", PATH + "/" + id), 200).getLong("published");
        database.execute("update ingest.replays set next_attempt_at = now() + interval '10 minutes' where id = ?", id);
        boolean meanwhile = job.step().await().atMost(PATIENCE);
        database.execute("update ingest.replays set next_attempt_at = now() where id = ?", id);
        drain();

        // Then
        assertThat(published).isEqualTo(100);
        assertThat(meanwhile).isFalse();
        assertThat(json(Admin.get("operator", PATH + "/" + id), 200).getLong("published"))
                .isEqualTo(150);

        // When
        long stopped = begin("{\"customer\":\"cus_long\",\"dryRun\":false,\"expect\":150}");
        JsonObject aborted = json(Admin.post("operator", PATH + "/" + stopped + "/abort", ""), 200);
        drain();

        // Then
        assertThat(aborted.getString("state")).isEqualTo("aborted");
        assertThat(json(Admin.get("operator", PATH + "/" + stopped), 200).getLong("published"))
                .isZero();
        assertThat(Admin.post("operator", PATH + "/" + id + "/abort", "").statusCode())
                .isEqualTo(409);
        assertThat(Records.of(Topics.STRIPE_EVENTS, "evt_long_150")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "", "{\"type\":5}", "{\"from\":\"yesterday\"}", "{\"dryRun\":false,\"expect\":0}"})
    void aQuestionThatMakesNoSenseIsTold(String body) {
        assertThat(Admin.post("operator", PATH, body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"support", "authenticated"})
    void onlyOperatorsMay(String role) {
        assertThat(Admin.post(role, PATH, "{\"type\":\"a.b\"}").statusCode()).isEqualTo(403);
        assertThat(Admin.post(role, "/api/admin/events/evt_1/replay", "").statusCode())
                .isEqualTo(403);
        assertThat(Admin.get(role, PATH).statusCode()).isEqualTo(403);
    }

    private void post(String name, int events) {
        AtomicInteger number = new AtomicInteger();
        List<HttpResponse<String>> answers =
                Deliveries.atOnce(events, () -> Deliveries.post(event(name, number.incrementAndGet())));
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        await().atMost(PATIENCE).until(() -> count(name) == events);
    }

    private long count(String name) {
        return database.count("select count(*) from ingest.stripe_events where customer_id = ?", "cus_" + name);
    }

    private static long begin(String body) {
        return json(Admin.post("operator", PATH, body), 202).getLong("id");
    }

    /** As the schedule would, until there is nothing to do. */
    private void drain() {
        await().atMost(PATIENCE).until(() -> !job.step().await().atMost(PATIENCE));
    }

    private static JsonObject json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    private static String event(String name, int number) {
        return """
                {"id":"evt_%1$s_%2$d","object":"event","type":"charge.succeeded","livemode":false,"created":1763633730,
                 "data":{"object":{"id":"ch_%1$s_%2$d","object":"charge","customer":"cus_%1$s"}}}
                """.formatted(name, number);
    }

    /** The test takes the steps. */
    public static final class ByHand implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET, "quittance.replay.every", "off");
        }
    }
}
