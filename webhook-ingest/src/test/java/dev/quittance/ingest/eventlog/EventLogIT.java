package dev.quittance.ingest.eventlog;

import static dev.quittance.ingest.scene.Deliveries.NEXT_SECRET;
import static dev.quittance.ingest.scene.Deliveries.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.ingest.scene.TwoSecrets;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TwoSecrets.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class EventLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database = Database.ofTheService();

    @Inject
    RetentionJob retention;

    @Test
    @DisplayName("A1: the same event at the same moment from many senders is one row of the log")
    void anEventIsLoggedOnceHoweverOftenItComes() {
        // Given
        String body = event("evt_once", "cus_once", "Ann");

        // When
        List<HttpResponse<String>> answers = Deliveries.atOnce(20, () -> Deliveries.post(body));
        Deliveries.post(event("evt_once_after", "cus_once", "Bob"));
        awaitLogged("evt_once_after");

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(database.column("select origin from ingest.stripe_events where event_id = 'evt_once'"))
                .containsExactly("secret:0");
    }

    @Test
    @DisplayName("A8: the log says which of the secrets signed")
    void theLogKnowsWhatTheGateKnew() {
        // Given
        String body = event("evt_second", "cus_second", "Ann");

        // When
        Deliveries.post(body.getBytes(StandardCharsets.UTF_8), signature(body, NEXT_SECRET));
        awaitLogged("evt_second");

        // Then
        JsonObject logged = first(Admin.get("operator", "/api/admin/events/evt_second"));
        assertThat(logged.getString("origin")).isEqualTo("secret:1");
        assertThat(logged.getString("customer")).isEqualTo("cus_second");
        assertThat(logged.getString("objectId")).isEqualTo("ch_evt_second");
        assertThat(logged.getBoolean("setAside")).isFalse();
        assertThat(logged.getJsonObject("body")).isEqualTo(new JsonObject(body));
        assertThat(database.column(
                        "select encode(body_sha256, 'hex') from ingest.stripe_events where event_id = 'evt_second'"))
                .containsExactly(dev.quittance.contracts.stripe.BodyDigest.of(body.getBytes(StandardCharsets.UTF_8))
                        .hex());
    }

    @Test
    @DisplayName("A9: an event of the other livemode is in the log, as set aside")
    void whatIsSetAsideIsLoggedToo() {
        // When
        Deliveries.post(event("evt_live", "cus_live", "Ann").replace("\"livemode\":false", "\"livemode\":true"));
        awaitLogged("evt_live");

        // Then
        assertThat(first(Admin.get("operator", "/api/admin/events/evt_live")).getBoolean("setAside"))
                .isTrue();
    }

    @Test
    @DisplayName("A18: support sees that an event came, and nothing personal")
    void supportSeesAMaskedBody() {
        // Given
        Deliveries.post(event("evt_masked", "cus_masked", "Ann Personal"));
        awaitLogged("evt_masked");

        // When
        HttpResponse<String> answer = Admin.get("support", "/api/admin/events/evt_masked");

        // Then
        assertThat(answer.body())
                .contains("\"masked\":true", "cus_masked", "\"amount\":500")
                .doesNotContain("Personal");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/admin/events", "/api/admin/events/evt_once"})
    void nobodyElseSeesAnything(String path) {
        assertThat(Admin.anonymous(path).statusCode()).isEqualTo(401);
        assertThat(Admin.get("authenticated", path).statusCode()).isEqualTo(403);
        assertThat(Admin.get("authenticated", path).body()).contains("\"code\":\"forbidden\"");
    }

    @Test
    void theLogIsSearchedAPageAtATime() {
        // Given
        for (int i = 0; i < 7; i++) {
            Deliveries.post(event("evt_page" + i, "cus_page", "Ann"));
        }
        Deliveries.post(event("evt_other", "cus_other", "Ann"));
        await().atMost(PATIENCE)
                .until(() -> database.count("select count(*) from ingest.stripe_events where customer_id = 'cus_page'")
                        == 7);

        // When
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = new JsonObject(Admin.get("operator", "/api/admin/events?customer=cus_page&limit=3" + next)
                    .body());
            page.getJsonArray("events").forEach(event -> seen.add(((JsonObject) event).getString("id")));
            next = page.getLong("next") == null ? "" : "&before=" + page.getLong("next");
        } while (!next.isEmpty());

        // Then
        assertThat(seen).doesNotHaveDuplicates().hasSize(7).allMatch(id -> id.startsWith("evt_page"));
        assertThat(ids("?object=ch_evt_page3")).containsExactly("evt_page3");
        assertThat(ids("?payment=pi_evt_page4&type=charge.succeeded")).containsExactly("evt_page4");
        assertThat(ids("?customer=cus_page&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("?customer=cus_page&from=2020-01-01T00:00:00Z&type=a.b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=501", "?before=x", "?from=yesterday", "?type='or 1=1", "?customer=%00"})
    void aQuestionThatMakesNoSenseIsTold(String query) {
        // When
        HttpResponse<String> answer = Admin.get("operator", "/api/admin/events" + query.replace(" ", "%20"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_");
    }

    @Test
    @DisplayName("A18: after its time a body goes, and that the event came stays")
    void theSkeletonStays() {
        // Given
        Deliveries.post(event("evt_old", "cus_old", "Ann Gone"));
        Deliveries.post(event("evt_young", "cus_old", "Ann Stays"));
        awaitLogged("evt_old");
        awaitLogged("evt_young");
        database.execute(
                "update ingest.stripe_events set received_at = now() - interval '91 days' where event_id = 'evt_old'");

        // When
        retention.purge(Instant.now()).await().atMost(PATIENCE);

        // Then
        JsonObject old = first(Admin.get("operator", "/api/admin/events/evt_old"));
        assertThat(old.getString("type")).isEqualTo("charge.succeeded");
        assertThat(old.getString("purgedAt")).isNotNull();
        assertThat(old.containsKey("body")).isFalse();
        assertThat(first(Admin.get("operator", "/api/admin/events/evt_young")).getJsonObject("body"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from ingest.stripe_events",
                "truncate ingest.stripe_events",
                "update ingest.stripe_events set event_type = 'a.b'",
                "update ingest.stripe_events set received_at = now()",
                "select * from billing.inbox"
            })
    void theServiceMayNot(String sql) {
        // Given
        Database service = new Database("jdbc:"
                + ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class) + "?user="
                + ConfigProvider.getConfig().getValue("quarkus.datasource.username", String.class) + "&password="
                + ConfigProvider.getConfig().getValue("quarkus.datasource.password", String.class));

        // When / Then
        assertThatThrownBy(() -> service.execute(sql)).hasMessageContaining("permission denied");
    }

    private void awaitLogged(String eventId) {
        await().atMost(PATIENCE)
                .until(() ->
                        database.count("select count(*) from ingest.stripe_events where event_id = ?", eventId) == 1);
    }

    private static JsonObject first(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonArray("events").getJsonObject(0);
    }

    private static List<String> ids(String query) {
        JsonArray events = new JsonObject(
                        Admin.get("operator", "/api/admin/events" + query).body())
                .getJsonArray("events");
        return events.stream()
                .map(event -> ((JsonObject) event).getString("id"))
                .toList();
    }

    private static String event(String id, String customer, String name) {
        return """
                {"id":"%1$s","object":"event","type":"charge.succeeded","livemode":false,"created":1763633730,
                "api_version":"2026-07-29.dahlia","data":{"object":{"id":"ch_%1$s","object":"charge","amount":500,
                "customer":"%2$s","payment_intent":"pi_%1$s","billing_details":{"name":"%3$s"}}}}
                """.formatted(id, customer, name);
    }
}
