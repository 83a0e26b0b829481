package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.localstack.testparts.HostileBodies;
import dev.quittance.localstack.testparts.LogWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What goes through the door, at DEBUG: the events of the corpus when there is one, and odd ones of our own. */
@QuarkusTest
@TestProfile(DebugLogIT.OneSecret.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class DebugLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Logger LOG = Logger.getLogger(DebugLogIT.class);

    private final Database database = Database.ofTheService();

    @Test
    @DisplayName("A18, S-12: no personal data, secret or body is in any log or metric, at DEBUG")
    void nothingOfWhatCameIsLogged() throws IOException {
        // Given
        List<byte[]> bodies = new ArrayList<>(corpus());
        HostileBodies.of(List.of("charge.succeeded", "customer.created")).forEach(body -> bodies.add(body.bytes()));

        // When
        try (LogWatch watch = new LogWatch(HostileBodies.NAME, HostileBodies.PHONE)) {
            bodies.forEach(body -> {
                String text = new String(body, StandardCharsets.UTF_8);
                byte[] sent = text.getBytes(StandardCharsets.UTF_8);
                assertThat(Deliveries.post(sent, Deliveries.signature(text, Deliveries.SECRET))
                                .statusCode())
                        .isLessThan(500);
            });
            Deliveries.post(bodies.getFirst(), "t=1,v1=" + "a".repeat(64));
            await().atMost(PATIENCE)
                    .until(() -> database.count("select count(*) from ingest.stripe_events") > 100
                            && database.count(
                                            "select count(*) from ingest.stripe_events where event_id = 'evt_hostile0'")
                                    == 1);
            Admin.get("operator", "/api/admin/events/evt_hostile0");
            Admin.get("support", "/api/admin/events?type=customer.created");

            // Then
            assertThat(watch.lines()).isGreaterThan(bodies.size() / 2);
            assertThat(watch.found()).isEmpty();
        }
        assertThat(Deliveries.management("/q/metrics").body())
                .doesNotContain("@example", "evt_", "cus_", HostileBodies.NAME);
    }

    @Test
    void theWatchHearsWhatIsLogged() {
        try (LogWatch watch = new LogWatch("Ann")) {
            // When
            LOG.debugf("a line of %s", "Ann");
            LOG.debug("a line", new IllegalStateException("whsec_x"));

            // Then
            assertThat(watch.found()).hasSize(2);
        }
    }

    /** Files of a folder outside, which need not all be events. */
    private static List<byte[]> corpus() throws IOException {
        String folder = System.getProperty("quittance.corpus", "");
        if (folder.isBlank()) {
            return List.of();
        }
        List<byte[]> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                bodies.add(Files.readAllBytes(file));
            }
        }
        return bodies;
    }

    /** The smallest configuration that starts. */
    public static final class OneSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET);
        }
    }
}
