package dev.quittance.ingest.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.stripe.StripeSnapshot;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
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
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BackfillIT.ByHand.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SimulatedStripe.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class BackfillIT {
    private static final String PATH = "/api/admin/backfills";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A page and a bit. */
    private static final int CUSTOMERS = 130;

    private final Database database = Database.ofTheService();

    @Inject
    BackfillJob job;

    @Inject
    BackfillStore backfills;

    @BeforeEach
    void thereIsAHistory() {
        if (total("customers") < CUSTOMERS) {
            SimulatedStripe.pull("faults", "lose_percent=100");
            for (int i = 0; i < CUSTOMERS; i++) {
                SimulatedStripe.make("customers", "email=old" + i + "%40example.com");
            }
            String product = new JsonObject(SimulatedStripe.make("products", "name=Old")).getString("id");
            SimulatedStripe.make("prices", "product=" + product + "&currency=eur&unit_amount=500");
        }
    }

    @Test
    void aDryRunCountsAndPublishesNothing() {
        // When
        long id = begin("{}");
        drain();

        // Then
        JsonObject done = run(id);
        assertThat(done.getString("state")).isEqualTo("done");
        assertThat(done.getBoolean("dryRun")).isTrue();
        assertThat(counted(done, "customers")).isEqualTo(CUSTOMERS);
        assertThat(counted(done, "products")).isEqualTo(1);
        assertThat(done.getLong("published")).isZero();
        assertThat(Records.cameBy(Topics.STRIPE_EVENTS, "backfill:" + id)).isEmpty();
    }

    @Test
    void everythingIsPublishedOnceAndTwiceOnlyAfterAKillAndIsThenTheSameEvent() {
        // When: counted, the first page of customers out, and a process that took the second and died
        long id = begin("{\"dryRun\":false}");
        while (!isAt(id, "publishing", "customers") || run(id).getLong("published") < 100) {
            assertThat(job.step().await().atMost(PATIENCE)).isTrue();
        }
        JsonObject underWay = run(id);
        backfills.take(Duration.ofMinutes(10)).await().atMost(PATIENCE);
        boolean meanwhile = job.step().await().atMost(PATIENCE);
        database.execute("update ingest.backfills set next_attempt_at = now() where id = ?", id);
        // and one that died before it said that a page is out
        job.step().await().atMost(PATIENCE);
        database.execute(
                "update ingest.backfills set position = position - 1, next_after = null where id = ? and position = 4",
                id);
        drain();

        // Then
        assertThat(underWay.getInteger("percent")).isBetween(70, 99);
        assertThat(underWay.getString("expectedAt")).isNotNull();
        assertThat(meanwhile).isFalse();
        assertThat(run(id).getString("state")).isEqualTo("done");
        List<ConsumerRecord<String, byte[]>> records = Records.cameBy(Topics.STRIPE_EVENTS, "backfill:" + id);
        assertThat(records).hasSize(CUSTOMERS + CUSTOMERS + 2).allSatisfy(record -> {
            assertThat(StripeSnapshot.isType(Records.header(record, Headers.CE_TYPE)))
                    .isTrue();
            assertThat(record.key()).isNotBlank();
        });
        assertThat(records.stream()
                        .map(record ->
                                Records.header(record, Headers.CE_ID) + Records.header(record, Headers.BODY_SHA256))
                        .distinct())
                .hasSize(CUSTOMERS + 2);
        assertThat(records)
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .filteredOn(body -> body.contains("\"type\":\"snapshot.product\""))
                .singleElement()
                .asString()
                .contains("\"Old\"");
    }

    @Test
    void whatIsListedAgainIsTheSameEventAgain() {
        // When
        long first = begin("{\"dryRun\":false,\"subjects\":[\"products\"]}");
        drain();
        long second = begin("{\"dryRun\":false,\"subjects\":[\"products\"]}");
        drain();

        // Then
        assertThat(ids(second)).isEqualTo(ids(first)).hasSize(1);
        assertThat(run(second).getJsonArray("subjects")).hasSize(1);
    }

    @Test
    void stripesRateLimitIsKeptAndAnAbortIsTheEnd() {
        // Given
        long id = begin("{\"dryRun\":false,\"subjects\":[\"customers\",\"prices\"]}");
        HttpResponse<String> second = Admin.post("operator", PATH, "{}");
        SimulatedStripe.pull("api_faults", "fail_next=1&fail_status=429");

        // When
        boolean goesOn = job.step().await().atMost(PATIENCE);
        JsonObject limited = run(id);
        HttpResponse<String> aborted = Admin.post("operator", PATH + "/" + id + "/abort", "");
        boolean afterwards = job.step().await().atMost(PATIENCE);

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(goesOn).isFalse();
        assertThat(limited.getString("lastFailure")).isEqualTo("HTTP_429");
        assertThat(limited.getString("subject")).isEqualTo("prices");
        assertThat(aborted.statusCode()).isEqualTo(200);
        assertThat(run(id).getString("state")).isEqualTo("aborted");
        assertThat(afterwards).isFalse();
        assertThat(Admin.post("operator", PATH + "/" + id + "/abort", "").statusCode())
                .isEqualTo(409);
        assertThat(Records.cameBy(Topics.STRIPE_EVENTS, "backfill:" + id)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsToldAndOnlyOperatorsMay() {
        for (String subjects : List.of("[]", "[\"payouts\"]", "[1]", "\"customers\"", "{}")) {
            assertThat(Admin.post("operator", PATH, "{\"subjects\":" + subjects + "}")
                            .statusCode())
                    .as(subjects)
                    .isEqualTo(400);
        }
        assertThat(Admin.get("operator", PATH + "/999999").statusCode()).isEqualTo(404);
        assertThat(Admin.post("support", PATH, "{}").statusCode()).isEqualTo(403);
        assertThat(Admin.anonymous(PATH).statusCode()).isEqualTo(401);
        assertThat(Admin.get("operator", PATH).statusCode()).isEqualTo(200);
    }

    private static long total(String list) {
        String page = new String(SimulatedStripe.get(list + "?limit=100"), StandardCharsets.UTF_8);
        return new JsonObject(page).getBoolean("has_more")
                ? CUSTOMERS
                : new JsonObject(page).getJsonArray("data").size();
    }

    private static long counted(JsonObject run, String subject) {
        return run.getJsonArray("subjects").stream()
                .map(JsonObject.class::cast)
                .filter(counts -> counts.getString("subject").equals(subject))
                .mapToLong(counts -> counts.getLong("counted"))
                .sum();
    }

    private static List<String> ids(long backfill) {
        return Records.cameBy(Topics.STRIPE_EVENTS, "backfill:" + backfill).stream()
                .map(record -> Records.header(record, Headers.CE_ID))
                .toList();
    }

    private static boolean isAt(long id, String state, String subject) {
        JsonObject run = run(id);
        return run.getString("state").equals(state) && subject.equals(run.getString("subject"));
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

    /** The test takes the steps. */
    public static final class ByHand implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quittance.ingest.webhook-secrets", Deliveries.SECRET,
                    "quittance.endpoint-check.every", "off",
                    "quittance.backfill.turn", "off",
                    "quittance.reconciliation.turn", "off",
                    "quittance.reconciliation.undelivered-every", "off",
                    "quittance.reconciliation.all-every", "off");
        }
    }
}
