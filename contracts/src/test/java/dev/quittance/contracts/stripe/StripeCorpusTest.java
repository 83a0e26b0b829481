package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real events of many API versions, kept outside of this repository; {@code -Dquittance.corpus} says where. */
class StripeCorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyEventIsReadAsATreeReaderReadsIt() throws IOException {
        // Given
        String corpus = System.getProperty("quittance.corpus");
        assumeTrue(corpus != null && !corpus.isBlank(), "no corpus is given");
        int events = 0;

        for (Path file : jsonFiles(Path.of(corpus))) {
            byte[] body = Files.readAllBytes(file);
            JsonNode tree = JSON.readTree(body);

            // When
            EnvelopeVerdict verdict = StripeEnvelope.read(body);

            // Then
            assertThat(BodyDigest.of(body).hex()).hasSize(64);
            if (tree.path("object").asText().equals("event")) {
                assertThat(verdict).as("%s", file).isInstanceOf(EnvelopeVerdict.Readable.class);
                check(file, ((EnvelopeVerdict.Readable) verdict).envelope(), tree);
                events++;
            }
        }
        assertThat(events).isPositive();
    }

    private static void check(Path file, StripeEnvelope envelope, JsonNode tree) {
        JsonNode object = tree.at("/data/object");
        assertThat(envelope.id()).as("%s", file).isEqualTo(tree.path("id").textValue());
        assertThat(envelope.type()).isEqualTo(tree.path("type").textValue());
        assertThat(envelope.apiVersion()).isEqualTo(tree.path("api_version").textValue());
        assertThat(envelope.created()).isEqualTo(tree.path("created").longValue());
        assertThat(envelope.livemode())
                .isEqualTo(
                        tree.path("livemode").isBoolean() ? tree.get("livemode").booleanValue() : null);
        assertThat(envelope.objectId()).isEqualTo(object.path("id").textValue());
        assertThat(envelope.objectKind()).isEqualTo(object.path("object").textValue());
        assertThat(envelope.customerId()).isEqualTo(reference(object.path("customer")));
        assertThat(envelope.paymentIntentId()).isEqualTo(reference(object.path("payment_intent")));
        assertThat(OrderingKey.of(envelope).value()).isNotBlank();
    }

    private static @Nullable String reference(JsonNode node) {
        return node.isObject() ? node.path("id").textValue() : node.textValue();
    }

    private static List<Path> jsonFiles(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
