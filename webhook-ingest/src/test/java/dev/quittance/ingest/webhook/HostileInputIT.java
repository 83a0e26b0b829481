package dev.quittance.ingest.webhook;

import static dev.quittance.ingest.scene.Deliveries.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Broker;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of hostile input: the same bytes at the gate, signed, and straight on the topic, where the log's consumer meets them. */
@QuarkusTest
@TestProfile(HostileInputIT.OneSecret.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "slice", value = "ingest"))
class HostileInputIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVENT = "\"object\":\"event\",\"type\":\"charge.succeeded\",\"livemode\":false";

    private final Database database = Database.ofTheService();

    static Stream<Arguments> refused() {
        return Stream.of(
                row("N-13 nothing", new byte[0]),
                row("N-13 blanks", " \n\t"),
                row("N-13 half an object", "{\"id\":\"evt_h\""),
                row("N-13 a trailing bracket", event("evt_h", "") + "["),
                row("N-13 two documents", event("evt_h", "") + event("evt_h2", "")),
                row("N-13 a list", "[" + event("evt_h", "") + "]"),
                row("N-13 a number", "1e400000"),
                row("N-13 null", "null"),
                row("N-13 a byte order mark", "\uFEFF" + event("evt_h", "")),
                row("N-13 UTF-16", event("evt_h", "").getBytes(StandardCharsets.UTF_16)),
                row("N-13 UTF-32", event("evt_h", "").getBytes(java.nio.charset.Charset.forName("UTF-32"))),
                row("N-13 invalid UTF-8", latin1("{\"id\":\"evt_h\",\"type\":\"a.\u00ff\"}")),
                row("N-13 an overlong encoding", latin1("{\"id\":\"evt_h\u00c0\u00af\",\"type\":\"a.b\"}")),
                row("N-13 an encoded surrogate", latin1("{\"id\":\"evt_h\u00ed\u00a0\u0080\",\"type\":\"a.b\"}")),
                row("N-13 a name twice", "{\"id\":\"evt_h\",\"id\":\"evt_i\"," + EVENT + "}"),
                row("N-13 a name twice, deep", event("evt_h", ",\"data\":{\"object\":{\"amount\":1,\"amount\":2}}")),
                row("N-13 nested without end", event("evt_h", ",\"x\":" + "[".repeat(100_000))),
                row("N-13 nested too deep", event("evt_h", ",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000))),
                row("N-13 a number without end", event("evt_h", ",\"x\":" + "9".repeat(400_000))),
                row("N-13 single quotes", "{'id':'evt_h'}"),
                row("N-13 a comment", "{/* */\"id\":\"evt_h\"}"),
                row("N-13 NaN", event("evt_h", ",\"x\":NaN")),
                row("N-13 a raw line's end in text", event("evt_h", ",\"x\":\"a\nb\"")),
                row("N-13 gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3}),
                row("N-07 a thin event", "{\"id\":\"evt_h\",\"object\":\"v2.core.event\",\"type\":\"a.b\"}"),
                row("N-07 another's envelope", "{\"version\":\"0\",\"detail-type\":\"x\",\"detail\":{}}"),
                row("N-07 another object", "{\"id\":\"ch_1\",\"object\":\"charge\",\"type\":\"a.b\"}"),
                row("N-14 NUL in the id", "{\"id\":\"evt_\\u0000\"," + EVENT + "}"),
                row("N-14 a lone surrogate in the id", "{\"id\":\"evt_\\ud800\"," + EVENT + "}"),
                row("N-14 an id without end", event("evt_" + "a".repeat(1_000), "")));
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                row(
                        "N-07 an unknown type",
                        "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"llama.created\",\"livemode\":false}"),
                row("N-08 no version", event("%s", "")),
                row("N-08 a version of the future", event("%s", ",\"api_version\":\"2099-10-10.the_larch\"")),
                row("N-08 a version that is none", event("%s", ",\"api_version\":{\"a\":[1]}")),
                row("N-09 no livemode", "{\"id\":\"%s\",\"type\":\"charge.succeeded\"}"),
                row("N-09 livemode as text", "{\"id\":\"%s\",\"type\":\"charge.succeeded\",\"livemode\":\"false\"}"),
                row("N-10 a connected account", event("%s", ",\"account\":\"acct_1\"")),
                row(
                        "N-11 amounts of every kind",
                        event(
                                "%s",
                                ",\"data\":{\"object\":{\"a\":-1,\"b\":9223372036854775808,"
                                        + "\"c\":1e2,\"d\":10.5,\"e\":\"100\",\"f\":null,\"g\":1e400000,\"h\":0}}")),
                row(
                        "N-14 NUL in text",
                        event("%s", ",\"data\":{\"object\":{\"id\":\"ch_\\u0000\",\"name\":\"a\\u0000b\"}}")),
                row(
                        "N-14 lone surrogates in text",
                        event("%s", ",\"data\":{\"object\":{\"customer\":\"\\udfff\",\"n\":\"\\ud800\"}}")),
                row(
                        "N-14 text that turns and hides",
                        event("%s", ",\"data\":{\"object\":{\"n\":\"\u202e\u200b\ufeff\\r\\nSet-Cookie: x\"}}")),
                row(
                        "N-14 a type that is NUL",
                        "{\"id\":\"%s\",\"type\":\"a.b\",\"livemode\":false,\"created\":1e99,"
                                + "\"data\":{\"object\":{\"object\":\"\\u0000\"}}}"),
                row(
                        "N-12 a currency that is none",
                        event("%s", ",\"data\":{\"object\":{\"currency\":\"zzz\",\"amount\":5}}")),
                row("an object that is none", event("%s", ",\"data\":[]")),
                row("a time before time", event("%s", ",\"created\":-99999999999999")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNoEventIsRefusedAtTheGate(String name, byte[] body) {
        // When
        HttpResponse<String> answer = Deliveries.post(body, signature(body));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).doesNotContain("evt_h");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void whatIsAnEventIsTakenLoggedAndShownHoweverOddItIs(String name, byte[] template) {
        // Given
        String id = "evt_" + Integer.toHexString(name.hashCode());
        byte[] body =
                new String(template, StandardCharsets.UTF_8).replace("%s", id).getBytes(StandardCharsets.UTF_8);

        // When
        HttpResponse<String> answer = Deliveries.post(body, signature(body));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        awaitLogged(id);
        assertThat(Admin.get("operator", "/api/admin/events/" + id).body())
                .contains("\"body\":" + new String(body, StandardCharsets.UTF_8).strip());
        assertThat(Admin.get("support", "/api/admin/events/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("N-18: what somebody lays on the topic stops nobody")
    void whatSomebodyLaysOnTheTopicStopsNobody() {
        // Given
        refused()
                .forEach(row -> Broker.write(
                        Topics.STRIPE_EVENTS, null, (byte[]) row.get()[1], Map.of(Headers.ORIGIN, "a\0b")));
        Broker.write(Topics.STRIPE_EVENTS, "key", null, Map.of());
        Broker.write(Topics.STRIPE_SET_ASIDE, null, new byte[] {0}, Map.of(Headers.CE_ID, "\0"));

        // When
        IntStream.range(0, 12)
                .forEach(i ->
                        Deliveries.post(event("evt_after" + i, ",\"data\":{\"object\":{\"id\":\"ch_" + i + "\"}}")));

        // Then
        IntStream.range(0, 12).forEach(i -> awaitLogged("evt_after" + i));
    }

    private void awaitLogged(String id) {
        await().atMost(PATIENCE)
                .until(() -> database.count("select count(*) from ingest.stripe_events where event_id = ?", id) == 1);
    }

    private static Arguments row(String name, String body) {
        return row(name, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments row(String name, byte[] body) {
        return Arguments.of(name, body);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String event(String id, String more) {
        return "{\"id\":\"" + id + "\"," + EVENT + more + "}";
    }

    /** Of bytes, which need not be text. */
    private static String signature(byte[] body) {
        try {
            long time = Instant.now().getEpochSecond();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + time + ",v1=" + java.util.HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The smallest configuration that starts. */
    public static final class OneSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", SECRET);
        }
    }
}
