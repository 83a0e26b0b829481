package dev.quittance.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.StructuredFormatter.ExceptionOutputType;
import org.junit.jupiter.api.Test;

/** A line of log says what is on the list, and nothing besides. */
class ClosedKeysFilterTest {
    private static final String JSON = "quarkus.log.console.json.";

    @Test
    void aPairOfOursIsAField() throws Exception {
        // Given
        ExtLogRecord line = line("dev.quittance.messaging.inbox.Inbox", "outcome=%s eventId=%s seconds=%d");
        line.setParameters(new Object[] {"dead", "evt_1", 7});

        // When
        JsonNode json = written(line);

        // Then
        assertThat(json.path("message").asText()).isEqualTo("outcome=dead eventId=evt_1 seconds=7");
        assertThat(json.path("fields")).hasSize(3);
        assertThat(json.path("fields").path("eventId").asText()).isEqualTo("evt_1");
        assertThat(json.path("fields").path("seconds").asText()).isEqualTo("7");
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("logger").asText()).isEqualTo("dev.quittance.messaging.inbox.Inbox");
        assertThat(json.path("timestamp").asText()).endsWith("Z");
    }

    @Test
    void whatIsNotOnTheListDoesNotComeOut() throws Exception {
        // Given
        ExtLogRecord line = line("dev.quittance.billing", "email=a@example.com outcome=kept");
        line.setMdc(Map.of("email", "a@example.com", "traceId", "4bf92f3577b34da6a3ce929d0e0e4736"));

        // When
        JsonNode fields = written(line).path("fields");

        // Then
        assertThat(names(fields)).containsExactly("outcome", "traceId");
    }

    @Test
    void othersMessagesAreTextOnly() throws Exception {
        // When
        JsonNode json = written(line("io.vertx.core", "outcome=guessed"));

        // Then
        assertThat(json.path("fields")).isEmpty();
        assertThat(json.path("message").asText()).isEqualTo("outcome=guessed");
    }

    @Test
    void aFieldIsNoLongerThanAnyIdOfOurs() throws Exception {
        // When
        JsonNode json = written(line("dev.quittance.billing", "eventId=" + "e".repeat(10_000)));

        // Then
        assertThat(json.path("fields").path("eventId").asText()).hasSize(300);
    }

    @Test
    void aFailureIsOneTextWhoseLinesAreNotLinesOfTheLog() throws Exception {
        // Given
        ExtLogRecord line = line("dev.quittance.billing", "errorCode=internal_error");
        line.setThrown(new IllegalStateException("broken", new IOException("why")));

        // When
        String text = text(line);
        JsonNode json = parsed(text);

        // Then
        assertThat(text.strip().lines()).hasSize(1);
        assertThat(json.path("stackTrace").asText()).contains("IllegalStateException", "IOException", "\n");
        assertThat(names(json)).isSubsetOf(LogKeys.LINE);
    }

    private static ExtLogRecord line(String logger, String message) {
        ExtLogRecord line = new ExtLogRecord(
                Level.WARN, message, ExtLogRecord.FormatStyle.PRINTF, ClosedKeysFilterTest.class.getName());
        line.setLoggerName(logger);
        return line;
    }

    private static JsonNode written(ExtLogRecord line) throws IOException {
        JsonNode json = parsed(text(line));
        assertThat(names(json)).isSubsetOf(LogKeys.LINE);
        return json;
    }

    /** As a service writes it: through the filter, by a formatter with the settings that every service has. */
    private static String text(ExtLogRecord line) throws IOException {
        Properties settings = new Properties();
        try (InputStream in =
                Objects.requireNonNull(LogKeys.class.getResourceAsStream("/META-INF/microprofile-config.properties"))) {
            settings.load(in);
        }
        JsonFormatter formatter = new JsonFormatter(
                settings.getProperty(JSON + "key-overrides", ""),
                Set.of(settings.getProperty(JSON + "excluded-keys", "").split(",", -1)),
                Map.of());
        formatter.setExceptionOutputType(ExceptionOutputType.FORMATTED);
        formatter.setZoneId(settings.getProperty(JSON + "zone-id", ""));
        assertThat(new ClosedKeysFilter().isLoggable(line)).isTrue();
        return formatter.format(line);
    }

    private static JsonNode parsed(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
