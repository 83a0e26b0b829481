package dev.quittance.ingest.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.TwoSecrets;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log's consumer asks the same place as all others whether a failure passes. */
@QuarkusTest
@TestProfile(TwoSecrets.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class GivenUpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOGGED = "select count(*) from ingest.stripe_events where event_id like 'evt_giveup_%'";
    private static final String FORGIVE =
            "alter table ingest.stripe_events drop constraint if exists stripe_events_no_poison";

    private final Database database = Database.ofTheService();

    @AfterEach
    void forgive() {
        database.execute(FORGIVE);
    }

    @Test
    @DisplayName(
            "B5: an event that the log can never take is a dead letter, the log goes on, and a replay brings it in")
    void oneEventThatCannotBeLoggedKeepsNobodyElse() {
        // Given
        database.execute("alter table ingest.stripe_events add constraint stripe_events_no_poison"
                + " check (event_id not like 'evt_giveup_poison%') not valid");

        // When
        for (int i = 0; i < 5; i++) {
            Deliveries.post(event(i == 2 ? "evt_giveup_poison" : "evt_giveup_" + i));
        }

        // Then
        await().atMost(PATIENCE).until(() -> database.count(LOGGED) == 4);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.column(
                                "select topic || '|' || consumer_group || '|' || code || '|' || state from ingest.dead_letters"
                                        + " where event_id = 'evt_giveup_poison'"))
                        .containsExactly(Topics.STRIPE_EVENTS + "|" + Topics.INGEST + "|SQL_23514|open"));

        // When
        database.execute(FORGIVE);
        long letter = database.count("select id from ingest.dead_letters where event_id = 'evt_giveup_poison'");
        HttpResponse<String> replayed = Admin.post("operator", "/api/admin/dead-letters/" + letter + "/replay", "");

        // Then
        assertThat(replayed.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> database.count(LOGGED) == 5);
    }

    private static String event(String id) {
        return """
                {"id":"%1$s","object":"event","type":"charge.succeeded","livemode":false,"created":1763633730,
                "api_version":"2026-07-29.dahlia","data":{"object":{"id":"ch_%1$s","object":"charge","amount":500,
                "customer":"cus_giveup","payment_intent":"pi_%1$s"}}}
                """.formatted(id);
    }
}
