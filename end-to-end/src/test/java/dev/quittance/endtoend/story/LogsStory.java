package dev.quittance.endtoend.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quittance.endtoend.purchase.Purchase;
import dev.quittance.localstack.process.Checkout;
import dev.quittance.localstack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever collects a container's log gets one JSON object a line, with the keys of the manual, also when nothing it needs is there. */
class LogsStory {
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final int END_MAX_SECONDS = 60;
    /** Made up anew, since no service starts with one that could be guessed. */
    private static final String SECRET = "whsec_" + random();

    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\|", Pattern.MULTILINE);
    private static final String FIELDS = "fields";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"webhook-ingest", "provisioning-service", "billing-ledger", "voucher-service"})
    void everyLineIsJsonWithTheKeysOfTheManual(String service) throws Exception {
        // Given
        int port = Ports.free();
        Process running = start(service, port);

        // When
        try {
            awaitText("started in");
            if (service.equals("webhook-ingest")) {
                String event = new Purchase("logged").event("charge.succeeded");
                assertThat(new Webhook(
                                        URI.create("http://" + Ports.LOOPBACK + ":" + port + "/api/webhooks/stripe"),
                                        SECRET)
                                .postAsync(event)
                                .join())
                        .isEqualTo(503);
            }
            awaitText("errorCode=");
        } finally {
            running.destroy();
            assertThat(running.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        // Then
        List<JsonNode> lines =
                Files.readAllLines(log()).stream().map(LogsStory::parsed).toList();
        Set<String> manual = manual();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(keys(line)).isSubsetOf(manual);
            assertThat(line.path("service").asText()).isEqualTo(service);
        });
        assertThat(lines).anySatisfy(line -> assertThat(keys(line)).contains("fields.outcome", "fields.errorCode"));
        if (service.equals("webhook-ingest")) {
            assertThat(lines)
                    .filteredOn(
                            line -> line.path(FIELDS).path("outcome").asText().equals("broker_unavailable"))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line.path(FIELDS).path("eventId").asText())
                                    .startsWith("evt_"));
        }
    }

    /** As its container does, and with nobody at the other end of any wire. */
    private Process start(String service, int port) throws IOException {
        Path jar = Checkout.find().root().resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        assertThat(jar).exists();
        List<String> words = new ArrayList<>(List.of(Checkout.java(), "-Xmx160m", "-XX:TieredStopAtLevel=1"));
        words.addAll(Checkout.openJdkFlags());
        words.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(log().toFile())
                .redirectError(folder.resolve("stderr").toFile());
        String nobody = Ports.LOOPBACK + ":" + Ports.free();
        builder.environment()
                .putAll(Map.of(
                        "QUITTANCE_LOG_JSON",
                        "true",
                        "QUARKUS_HTTP_HOST",
                        Ports.LOOPBACK,
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_MANAGEMENT_PORT",
                        Integer.toString(Ports.free()),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        nobody,
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "postgresql://" + nobody + "/quittance",
                        "QUARKUS_REDIS_HOSTS",
                        "redis://" + nobody,
                        "QUITTANCE_STRIPE_WEBHOOK_SECRETS",
                        SECRET,
                        "QUITTANCE_VOUCHER_PEPPER",
                        "k1:" + random()));
        return builder.start();
    }

    private void awaitText(String text) {
        await("the log to say " + text)
                .atMost(START_MAX)
                .until(() -> Files.readString(log()).contains(text));
    }

    private Path log() {
        return folder.resolve("stdout");
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static Set<String> keys(JsonNode line) {
        Set<String> keys = new TreeSet<>();
        line.fieldNames().forEachRemaining(keys::add);
        keys.remove(FIELDS);
        line.path(FIELDS).fieldNames().forEachRemaining(key -> keys.add(FIELDS + "." + key));
        return keys;
    }

    private static Set<String> manual() {
        try {
            String text = Files.readString(Checkout.find().root().resolve("docs/operations.md"));
            return ROW.matcher(text.substring(text.indexOf("\n## Logs\n")))
                    .results()
                    .map(row -> row.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
