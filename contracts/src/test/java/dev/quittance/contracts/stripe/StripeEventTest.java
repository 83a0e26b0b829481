package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEventTest {
    @Test
    void findsAFieldWhereverAVersionKeepsIt() {
        // Given
        StripeObject before = object("{\"subscription\":\"sub_1\"}");
        StripeObject since = object("{\"parent\":{\"subscription_details\":{\"subscription\":{\"id\":\"sub_1\"}}}}");

        // When
        List<Optional<String>> found = Stream.of(before, since)
                .map(invoice -> invoice.id("parent.subscription_details.subscription", "subscription")
                        .toOptional())
                .toList();

        // Then
        assertThat(found).containsOnly(Optional.of("sub_1"));
    }

    @Test
    void tellsAbsentFromNullFromMalformed() {
        // Given
        StripeObject charge = object("{\"customer\":null,\"amount\":10.5}");

        // When Then
        assertThat(charge.id("customer")).isEqualTo(new Field.Null<String>());
        assertThat(charge.id("invoice")).isEqualTo(new Field.Absent<String>());
        assertThat(charge.integer("amount")).isEqualTo(new Field.Malformed<Long>());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2", "10.5", "\"100\"", "9223372036854775808", "true", "[]", "{}", "1e400000"})
    void neverMakesMoneyOfWhatIsNotAWholeNumber(String amount) {
        // When
        Field<Long> field = object("{\"amount\":" + amount + "}").integer("amount");

        // Then
        assertThat(field.isPresent()).isFalse();
    }

    @Test
    void keepsTheLargestWholeNumberExactly() {
        assertThat(object("{\"amount\":9007199254740993}").integer("amount").toOptional())
                .contains(9_007_199_254_740_993L);
    }

    @Test
    void givesOnlyTextThatPostgresCanHold() {
        // When
        String name = object("{\"name\":\"a\\u0000b\\ud800c\\ud83d\\ude00\"}")
                .text("name")
                .orElse("");

        // Then
        assertThat(name).isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{} {}", "{\"id\":7,\"type\":\"x\"}", "{\"id\":\"evt_1\"}"})
    void answersWithAReasonToWhatIsNoEvent(String body) {
        assertThat(StripeEvent.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StripeEvent.Reading.Unreadable.class);
    }

    @Test
    void readsEveryEventOfTheCorpus() throws Exception {
        // Given
        String corpus = System.getProperty("quittance.corpus");
        Assumptions.assumeTrue(corpus != null, "no corpus was named");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of(corpus))) {
            files = walk.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> file.getNameCount() > Path.of(corpus).getNameCount() + 1)
                    .toList();
        }

        // When Then
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] body = Files.readAllBytes(file);
            assertThatCode(() -> StripeEvent.read(body)).as(file.toString()).doesNotThrowAnyException();
            assertThat(StripeEvent.read(body)).as(file.toString()).isInstanceOf(StripeEvent.Reading.Read.class);
        }
    }

    private static StripeObject object(String json) {
        String event = "{\"id\":\"evt_1\",\"type\":\"t\",\"data\":{\"object\":" + json + "}}";
        StripeEvent.Reading reading = StripeEvent.read(event.getBytes(StandardCharsets.UTF_8));
        return reading instanceof StripeEvent.Reading.Read(StripeEvent read) ? read.object() : StripeObject.none();
    }
}
