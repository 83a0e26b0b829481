package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/**
 * No bytes make the readers throw, and what they let through can be stored. In a build the seeds are run; with {@code JAZZER_FUZZ=1}
 * in the environment one target at a time is fuzzed: {@code ./mvnw -pl contracts test -Dtest=ReadersFuzzTest#envelope}.
 */
class ReadersFuzzTest {
    private static final List<String> PLACES =
            List.of("id", "amount", "currency", "metadata", "lines", "created", "customer.email", "object", "livemode");

    @FuzzTest(maxDuration = "10m")
    void envelope(byte[] body) {
        switch (StripeEnvelope.read(body)) {
            case EnvelopeVerdict.Readable(StripeEnvelope envelope) -> {
                assertThat(envelope.id()).isNotBlank().hasSizeLessThan(256).doesNotContain("\0");
                assertThat(envelope.type()).isNotBlank().doesNotContain("\0");
                assertThat(OrderingKey.of(envelope).value()).isNotBlank().doesNotContain("\0");
            }
            case EnvelopeVerdict.Thin(String id, String type) ->
                assertThat(id + type).doesNotContain("\0");
            case EnvelopeVerdict.Unreadable(UnreadableReason reason) ->
                assertThat(reason.code()).matches("[a-z0-9_]+");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void event(byte[] body) {
        switch (StripeEvent.read(body)) {
            case StripeEvent.Reading.Read(StripeEvent event) -> {
                assertThat(event.id()).isNotBlank();
                ask(event.object());
                ask(event.previous());
            }
            case StripeEvent.Reading.Unreadable(String code) -> assertThat(code).matches("[A-Z_]+");
        }
    }

    private static void ask(StripeObject object) {
        for (String place : PLACES) {
            object.text(place).toOptional().ifPresent(text -> assertThat(text).doesNotContain("\0"));
            object.id(place).toOptional().ifPresent(id -> assertThat(id).hasSizeLessThan(256));
            assertThat(object.integer(place)).isNotNull();
            assertThat(object.flag(place)).isNotNull();
            assertThat(object.time(place)).isNotNull();
            assertThat(object.currency(place)).isNotNull();
            assertThat(object.list(place)).hasSizeLessThanOrEqualTo(StripeObject.LIST_LENGTH_MAX);
            assertThat(object.object(place).kind()).isNotNull();
        }
        assertThat(object.metadata()).hasSizeLessThanOrEqualTo(StripeObject.METADATA_ENTRIES_MAX);
    }
}
