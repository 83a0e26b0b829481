package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDigestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pending_webhooks\":%s}",
                "{\"id\":\"evt_1\",\"pending_webhooks\":%s,\"type\":\"a.b\"}",
                "{\n  \"name\": \"J\u00fcrgen \ud83d\ude00\",\n  \"pending_webhooks\" :\t %s\n}",
                "{\"data\":{\"object\":{\"pending_webhooks\":7}},\"pending_webhooks\":%s}"
            })
    void deliveriesOfOneEventAreTheSame(String template) {
        assertThat(digest(template.formatted("1")))
                .isEqualTo(digest(template.formatted("2")))
                .isEqualTo(digest(template.formatted("10")));
    }

    @Test
    void exactlyTheValueIsLeftOut() {
        assertThat(digest("{\"id\":\"evt_1\",\"pending_webhooks\":12,\"x\":\"\u00e9\"}"))
                .isEqualTo(sha256("{\"id\":\"evt_1\",\"pending_webhooks\":,\"x\":\"\u00e9\"}"));
    }

    @Test
    void everyOtherByteCounts() {
        // Given
        String body = "{\"id\":\"evt_1\",\"pending_webhooks\":1,\"amount\":100}";

        // Then
        assertThat(digest(body))
                .isNotEqualTo(digest(body.replace("100", "101")))
                .isNotEqualTo(digest(body.replace("evt_1", "evt_2")))
                .isNotEqualTo(digest(body + " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"pending_webhooks\":%s}}",
                "{\"pending_webhooks\":\"%s\"}",
                "{\"pending_webhooks\":[%s]}",
                "{\"pending_webhooks\":{\"a\":%s}}",
                "{\"pending_webhooks\":%s.5}",
                "[{\"pending_webhooks\":%s}]",
                "pending_webhooks:%s"
            })
    void onlyTheCounterItselfIsLeftOut(String template) {
        assertThat(digest(template.formatted("1"))).isNotEqualTo(digest(template.formatted("2")));
        assertThat(digest(template.formatted("1"))).isEqualTo(sha256(template.formatted("1")));
    }

    @Test
    void whereNothingIsFoundTheWholeBodyCounts() {
        assertThat(digest("")).isEqualTo(sha256(""));
        assertThat(digest("{\"a\":1}")).isEqualTo(sha256("{\"a\":1}"));
        assertThat(digest("[".repeat(5_000))).isEqualTo(sha256("[".repeat(5_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
    void anotherEncodingIsTakenWhole(String charset) {
        // Given
        byte[] body = "{\"pending_webhooks\":1}".getBytes(Charset.forName(charset));

        // Then
        assertThat(BodyDigest.of(body).hex()).isEqualTo(sha256(body));
    }

    private static String digest(String body) {
        return BodyDigest.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String sha256(String body) {
        return sha256(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
