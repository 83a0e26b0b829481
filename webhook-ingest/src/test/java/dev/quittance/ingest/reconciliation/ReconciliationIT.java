package dev.quittance.ingest.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.Records;
import dev.quittance.ingest.scene.SimulatedStripe;
import dev.quittance.ingest.stripe.EventPage;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ReconciliationIT.ByHand.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class ReconciliationIT {
    private static final String PATH = "/api/admin/reconciliations";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOST = 200;

    private final Database database = Database.ofTheService();

    @Inject
    ReconciliationJob job;

    @Inject
    ReconciliationStore runs;

    @AfterEach
    void nothingIsLostAnyMore() {
        SimulatedStripe.pull("faults", "lose_percent=0");
    }

    @Test
    @DisplayName(
            "A17, I8: two hundred webhooks that never came are in the log as if they had, after a kill in between as well")
    void whatWasLostIsFoundOnceAndInOrder() {
        // Given
        List<String> delivered = make(10, "heard");
        await().atMost(PATIENCE).until(() -> logged(delivered) == 10);
        SimulatedStripe.pull("faults", "lose_percent=100");
        List<String> lost = make(LOST, "lost");

        // When: the first page, then a process that took the second and died
        long id = begin("{}");
        job.step().await().atMost(PATIENCE);
        JsonObject underWay = run(id);
        runs.take(Duration.ofMinutes(10)).await().atMost(PATIENCE);
        boolean meanwhile = job.step().await().atMost(PATIENCE);
        database.execute("update ingest.reconciliation_runs set next_attempt_at = now() where id = ?", id);
        drain();
        await().atMost(PATIENCE).until(() -> logged(lost) == LOST);

        // Then
        assertThat(underWay.getString("state")).isEqualTo("listing");
        assertThat(underWay.getInteger("pages")).isEqualTo(1);
        assertThat(meanwhile).isFalse();
        assertThat(run(id).getString("state")).isEqualTo("done");
        assertThat(run(id).getLong("missing")).isEqualTo(LOST);
        assertThat(run(id).getLong("published")).isEqualTo(LOST);
        assertThat(run(id).getString("stripeStopsRetryingAt")).isNotNull();
        assertThat(database.column("select distinct origin from ingest.stripe_events where event_id = any(?)", (Object)
                        lost.toArray(String[]::new)))
                .containsExactly("reconciliation:" + id);
        assertThat(database.column("select count(*) from ingest.reconciliation_events where body is not null"))
                .containsExactly("0");
        List<ConsumerRecord<String, byte[]>> first = Records.of(Topics.STRIPE_EVENTS, lost.getFirst());
        assertThat(first).hasSize(1);
    }

    @Test
    void whatCameIsNotFedAgainAndWhatIsFedIsTheSameEvent() {
        // Given
        List<String> delivered = make(3, "known");
        await().atMost(PATIENCE).until(() -> logged(delivered) == 3);
        SimulatedStripe.pull("faults", "lose_percent=100");
        String lost = make(1, "late").getFirst();
        SimulatedStripe.pull("faults", "lose_percent=0");

        // When
        begin("{\"scope\":\"all\"}");
        drain();
        await().atMost(PATIENCE).until(() -> logged(List.of(lost)) == 1);
        SimulatedStripe.pull("events/" + lost + "/resend", "x=1");

        // Then
        assertThat(Records.of(Topics.STRIPE_EVENTS, delivered.getFirst())).hasSize(1);
        List<ConsumerRecord<String, byte[]>> twice = await().atMost(PATIENCE)
                .until(() -> Records.of(Topics.STRIPE_EVENTS, lost), records -> records.size() == 2);
        assertThat(twice)
                .extracting(record -> Records.header(record, Headers.BODY_SHA256))
                .containsOnly(Records.header(twice.getFirst(), Headers.BODY_SHA256));
        for (byte[] event :
                EventPage.read(SimulatedStripe.get("events?limit=5")).events()) {
            String digest = BodyDigest.of(event).hex();
            assertThat(database.count(
                            "select count(*) from ingest.stripe_events where body_sha256 = decode(?, 'hex')", digest))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("B8, I6: Stripe's 429 is waited out, and the run goes on where it was")
    void aRateLimitIsKept() {
        // Given
        make(1, "limited");
        SimulatedStripe.pull("api_faults", "fail_next=1&fail_status=429");

        // When
        long id = begin("{\"scope\":\"all\"}");
        boolean goesOn = job.step().await().atMost(PATIENCE);
        JsonObject limited = run(id);
        drainUntilDone(id);

        // Then
        assertThat(goesOn).isFalse();
        assertThat(limited.getString("lastFailure")).isEqualTo("HTTP_429");
        assertThat(run(id).containsKey("lastFailure")).isFalse();
    }

    @Test
    @DisplayName("I7: a run says how far it is, and is not done before it is")
    void oneOfAScopeRunsAtATime() {
        // When
        long id =
                begin("{\"scope\":\"undelivered\",\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2020-01-02T00:00:00Z\"}");
        HttpResponse<String> second = Admin.post("operator", PATH, "{}");

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(run(id).getString("state")).isEqualTo("listing");
        drain();
        assertThat(run(id).getString("state")).isEqualTo("done");
        assertThat(run(id).getLong("listed")).isZero();
    }

    @Test
    @DisplayName(
            "A12, A17: a connected account's list is compared by itself, and what is missing is published as that account's")
    void aConnectedAccountIsReconciledByItself() {
        // Given
        String known = make(1, "connected").getFirst();
        await().atMost(PATIENCE).until(() -> logged(List.of(known)) == 1);

        // When
        begin("{\"scope\":\"all\",\"account\":\"acct_other\"}");
        drain();

        // Then
        await().atMost(PATIENCE)
                .until(() -> database.count(
                                "select count(*) from ingest.stripe_events where account = 'acct_other' and event_id = ?",
                                known)
                        == 1);
        assertThat(Records.of(Topics.STRIPE_EVENTS, known))
                .extracting(record -> Records.header(record, Headers.STRIPE_ACCOUNT))
                .containsExactlyInAnyOrder("", "acct_other");
    }

    @Test
    void whatMakesNoSenseIsToldAndOnlyOperatorsMay() {
        assertThat(Admin.post("operator", PATH, "{\"scope\":\"some\"}").statusCode())
                .isEqualTo(400);
        assertThat(Admin.post("operator", PATH, "{\"from\":\"2030-01-01T00:00:00Z\",\"to\":\"2020-01-01T00:00:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Admin.get("operator", PATH + "/999999").statusCode()).isEqualTo(404);
        assertThat(Admin.post("support", PATH, "{}").statusCode()).isEqualTo(403);
        assertThat(Admin.anonymous(PATH).statusCode()).isEqualTo(401);
    }

    /** So many customers; the ids of the events that say so, oldest first. */
    private static List<String> make(int customers, String name) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            SimulatedStripe.make("customers", "email=" + name + i + "%40example.com");
        }
        String after = "";
        while (made.size() < customers) {
            String page = new String(
                    SimulatedStripe.get("events?limit=" + Math.min(100, customers - made.size()) + after),
                    StandardCharsets.UTF_8);
            new JsonObject(page).getJsonArray("data").forEach(event -> made.add(((JsonObject) event).getString("id")));
            after = "&starting_after=" + made.getLast();
        }
        return made.reversed();
    }

    private long logged(List<String> ids) {
        return database.count("select count(*) from ingest.stripe_events where event_id = any(?)", (Object)
                ids.toArray(String[]::new));
    }

    private static long begin(String body) {
        HttpResponse<String> answer = Admin.post("operator", PATH, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return new JsonObject(answer.body()).getLong("id");
    }

    private static JsonObject run(long id) {
        return new JsonObject(Admin.get("operator", PATH + "/" + id).body());
    }

    private void drain() {
        await().atMost(PATIENCE).until(() -> !job.step().await().atMost(PATIENCE));
    }

    private void drainUntilDone(long id) {
        await().atMost(PATIENCE).until(() -> {
            drain();
            return run(id).getString("state").equals("done");
        });
    }

    /** The test takes the steps. */
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
