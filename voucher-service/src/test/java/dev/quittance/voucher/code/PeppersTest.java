package dev.quittance.voucher.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeppersTest {
    static String random(long seed, int bytes) {
        byte[] secret = new byte[bytes];
        new Random(seed).nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> unusable() {
        String good = random(1, 32);
        return Stream.of(
                "",
                "   ",
                "k1:",
                ",",
                good + ",",
                random(1, 31),
                "k1:" + random(1, 16),
                "changeme",
                "CHANGE-ME-CHANGE-ME-CHANGE-ME-CHANGE-ME-CHANGE-ME",
                base64("placeholder-placeholder-placeholder-placeholder"),
                base64("example example example example example"),
                base64("a".repeat(64)),
                Base64.getEncoder().encodeToString(new byte[32]),
                "not base64 at all, really not: !!!",
                ":" + good,
                "k 1:" + good,
                "k1:" + good + ",k1:" + random(2, 32),
                good + "," + good,
                String.join(
                        ",",
                        Stream.iterate(1L, i -> i + 1)
                                .limit(9)
                                .map(i -> random(i, 32))
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aPepperThatProtectsNothingStopsTheStart(String text) {
        // When / Then
        assertThatThrownBy(() -> Peppers.parse(text))
                .isInstanceOf(UnusablePepper.class)
                .hasMessageStartingWith("QUITTANCE_VOUCHER_PEPPER ")
                .message()
                .satisfies(message -> {
                    if (text.length() > 8) {
                        assertThat(message).doesNotContain(text);
                    }
                });
    }

    @Test
    void theFirstPepperIsCurrentAndAllAreKnown() {
        // When
        Peppers peppers = Peppers.parse("new:" + random(1, 32) + " , old:" + random(2, 64));

        // Then
        assertThat(peppers.current().id()).isEqualTo("new");
        assertThat(peppers.all()).extracting(Pepper::id).containsExactly("new", "old");
        assertThat(peppers.named("old")).isPresent();
        assertThat(peppers.named("older")).isEmpty();
    }

    @Test
    void aPepperWithoutANameGetsOneThatStays() {
        // When
        String id = Peppers.parse(random(1, 32)).current().id();

        // Then
        assertThat(id).matches("k[0-9a-f]{8}");
        assertThat(Peppers.parse(random(2, 32) + "," + random(1, 32)).named(id)).isPresent();
    }
}
