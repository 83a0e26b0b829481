package dev.quittance.contracts.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEnvelopeTest {
    private static final String PAID = """
            {"id":"evt_1Q","object":"event","api_version":"2026-07-29.dahlia","created":1763633730,"livemode":false,
             "type":"checkout.session.completed","pending_webhooks":2,"account":"acct_9","request":{"id":null},
             "data":{"previous_attributes":{"id":"cs_other"},
                     "object":{"id":"cs_test_1","object":"checkout.session","customer":"cus_A","payment_intent":"pi_1",
                               "subscription":null,"metadata":{"id":"x","customer":"y"}}}}""";

    @Test
    void everyFieldIsFound() {
        assertThat(envelope(PAID))
                .isEqualTo(new StripeEnvelope(
                        "evt_1Q",
                        "checkout.session.completed",
                        "2026-07-29.dahlia",
                        1_763_633_730L,
                        false,
                        "acct_9",
                        "checkout.session",
                        "cs_test_1",
                        "cus_A",
                        "pi_1",
                        null));
    }

    @Test
    void whatIsAbsentIsNullAndTheAccountEmpty() {
        assertThat(envelope("{\"type\":\"llama.created\",\"id\":\"evt_1\"}"))
                .isEqualTo(new StripeEnvelope(
                        "evt_1", "llama.created", null, null, null, "", null, null, null, null, null));
    }

    @Test
    void expandedObjectsGiveTheirIds() {
        StripeEnvelope envelope = envelope(event(
                "{\"object\":\"charge\",\"id\":\"ch_1\",\"customer\":{\"address\":{\"id\":\"no\"},\"id\":\"cus_A\"},"
                        + "\"payment_intent\":{\"id\":\"pi_1\",\"customer\":\"cus_B\"}}"));

        assertThat(envelope.customerId()).isEqualTo("cus_A");
        assertThat(envelope.paymentIntentId()).isEqualTo("pi_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"subscription\":\"sub_1\"}",
                "{\"subscription\":{\"id\":\"sub_1\"}}",
                "{\"parent\":{\"type\":\"subscription_details\",\"subscription_details\":{\"subscription\":\"sub_1\"}}}",
                "{\"parent\":{\"subscription_details\":{\"metadata\":{},\"subscription\":{\"id\":\"sub_1\"}}}}",
                "{\"subscription\":null,\"parent\":{\"subscription_details\":{\"subscription\":\"sub_1\"}}}",
                "{\"parent\":{\"subscription_details\":{\"subscription\":\"sub_2\"}},\"subscription\":\"sub_1\"}"
            })
    void theSubscriptionIsFoundInItsOldAndItsNewPlace(String object) {
        assertThat(envelope(event(object)).subscriptionId()).isEqualTo("sub_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "true",
                "[]",
                "[{\"id\":\"cus_1\"}]",
                "{}",
                "{\"id\":null}",
                "{\"id\":{\"id\":\"cus_1\"}}",
                "\"\"",
                "\" \"",
                "\" cus_1\"",
                "\"cus\\u0000_1\"",
                "\"cus_\\ud800\"",
                "\"cus\\n1\"",
                "\"cus_\u00e9\""
            })
    void aCustomerOfAnotherShapeIsNone(String customer) {
        assertThat(envelope(event("{\"id\":\"ch_1\",\"customer\":" + customer + "}"))
                        .customerId())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"false\"", "\"true\"", "0", "1", "null", "{}", "[true]", "[false,{\"a\":[]}]"})
    void onlyABooleanIsALivemode(String livemode) {
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"livemode\":" + livemode + "}")
                        .livemode())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1e9", "253402300800", "9223372036854775808", "\"1763633730\"", "null", "[1]"})
    void onlyAMomentIsACreationTime(String created) {
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"created\":" + created + "}")
                        .created())
                .isNull();
    }

    @Test
    void theOldNameOfAConnectedAccountCounts() {
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"user_id\":\"acct_1\"}")
                        .account())
                .isEqualTo("acct_1");
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"user_id\":\"acct_1\",\"account\":\"acct_2\"}")
                        .account())
                .isEqualTo("acct_2");
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"account\":null}")
                        .account())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "\"\"", "[]", "\"a\\u0000\""})
    void anAccountThatCannotBeReadIsNotThePlatforms(String account) {
        assertThat(reason("{\"id\":\"evt_1\",\"type\":\"a.b\",\"account\":" + account + "}"))
                .isEqualTo(UnreadableReason.MALFORMED_ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "1", "[]", "\"x\"", "{}", "{\"object\":null}", "{\"object\":[{}]}", "{\"object\":\"x\"}"
            })
    void dataOfAnyShapeIsAnEventWithoutAnObject(String data) {
        assertThat(envelope("{\"id\":\"evt_1\",\"type\":\"a.b\",\"data\":" + data + "}")
                        .objectId())
                .isNull();
    }

    @Test
    void aThinEventIsToldFromOthers() {
        assertThat(read(
                        "{\"id\":\"evt_test_65\",\"object\":\"v2.core.event\",\"type\":\"v1.billing.meter.no_meter_found\","
                                + "\"created\":\"2026-11-20T10:15:30Z\",\"related_object\":{\"id\":\"mtr_1\"}}"))
                .isEqualTo(new EnvelopeVerdict.Thin("evt_test_65", "v1.billing.meter.no_meter_found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_AN_EVENT | {\"id\":\"evt_1\",\"type\":\"a.b\",\"object\":\"list\"}",
                "NOT_AN_EVENT | {\"id\":\"evt_1\",\"type\":\"a.b\",\"object\":{}}",
                "NO_EVENT_ID | {\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"id\":null,\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"id\":1,\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"id\":\"ch_1\",\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"id\":\"evt_\",\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"id\":\"evt_1 2\",\"type\":\"a.b\"}",
                "NO_EVENT_ID | {\"version\":\"0\",\"id\":\"0f0a-1\",\"detail-type\":\"a.b\",\"detail\":{\"id\":\"evt_1\"}}",
                "NO_EVENT_TYPE | {\"id\":\"evt_1\"}",
                "NO_EVENT_TYPE | {\"id\":\"evt_1\",\"type\":\"\"}",
                "NO_EVENT_TYPE | {\"id\":\"evt_1\",\"type\":\"a b\"}",
                "NOT_AN_OBJECT | [{\"id\":\"evt_1\",\"type\":\"a.b\"}]",
                "NOT_AN_OBJECT | \"evt_1\"",
                "NOT_AN_OBJECT | 1",
                "NOT_AN_OBJECT | null",
                "EMPTY_BODY | '   '",
                "TRAILING_DATA | {\"id\":\"evt_1\",\"type\":\"a.b\"}[",
                "TRAILING_DATA | {\"id\":\"evt_1\",\"type\":\"a.b\"}{}",
                "TRAILING_DATA | {\"id\":\"evt_1\",\"type\":\"a.b\"}]",
                "TRAILING_DATA | {\"id\":\"evt_1\",\"type\":\"a.b\"}x",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\"",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",}",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",\"n\":01}",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",\"n\":NaN}",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",\"id\":\"evt_2\"}",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",\"data\":{\"object\":{\"amount\":1,\"amount\":2}}}",
                "MALFORMED_JSON | {\"id\":\"evt_1\",\"type\":\"a.b\",\"x\":[{\"y\":1,\"y\":1}]}",
                "MALFORMED_JSON | {'id':'evt_1','type':'a.b'}",
                "MALFORMED_JSON | {id:\"evt_1\"}",
                "MALFORMED_JSON | {\"id\":\"evt_1\"/**/}",
                "MALFORMED_JSON | id=evt_1&type=a.b",
                "MALFORMED_JSON | <event/>"
            })
    void whatIsNoEventSaysWhy(UnreadableReason reason, String body) {
        assertThat(reason(body)).isEqualTo(reason);
    }

    @Test
    void nothingIsAReasonToThrow() {
        assertThat(StripeEnvelope.read(null)).isEqualTo(unreadable(UnreadableReason.EMPTY_BODY));
        assertThat(StripeEnvelope.read(new byte[0])).isEqualTo(unreadable(UnreadableReason.EMPTY_BODY));
        assertThat(reason("[".repeat(100_000))).isEqualTo(UnreadableReason.NOT_AN_OBJECT);
        assertThat(reason("{\"a\":".repeat(100_000))).isEqualTo(UnreadableReason.JSON_LIMIT_EXCEEDED);
        assertThat(reason(event("{\"a\":".repeat(500) + "1" + "}".repeat(500))))
                .isEqualTo(UnreadableReason.JSON_LIMIT_EXCEEDED);
        assertThat(reason(event("{\"n\":" + "9".repeat(100_000) + "}")))
                .isEqualTo(UnreadableReason.JSON_LIMIT_EXCEEDED);
        assertThat(reason("{\"" + "k".repeat(100_000) + "\":1}")).isEqualTo(UnreadableReason.JSON_LIMIT_EXCEEDED);
        assertThat(reason("{\"id\":\"evt_" + "1".repeat(252) + "\",\"type\":\"a.b\"}"))
                .isEqualTo(UnreadableReason.NO_EVENT_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void otherEncodingsAreNotGuessed(String charset) {
        assertThat(StripeEnvelope.read(PAID.getBytes(Charset.forName(charset))))
                .isInstanceOf(EnvelopeVerdict.Unreadable.class);
    }

    @Test
    void aByteOrderMarkIsNotJson() {
        assertThat(reason("\ufeff" + PAID)).isEqualTo(UnreadableReason.MALFORMED_JSON);
    }

    @Test
    void bytesThatAreNotUtf8AreNotPatchedUp() {
        // Given: an overlong slash, a lone continuation, a surrogate in UTF-8's clothes, a cut-off sequence, Latin-1
        byte[][] broken = {
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xe2, (byte) 0x82},
            {(byte) 0xe9}
        };

        for (byte[] bytes : broken) {
            // When
            byte[] body = ("{\"id\":\"evt_1\",\"type\":\"a.b\",\"n\":\""
                            + new String(bytes, StandardCharsets.ISO_8859_1) + "\"}")
                    .getBytes(StandardCharsets.ISO_8859_1);

            // Then
            assertThat(StripeEnvelope.read(body)).isEqualTo(unreadable(UnreadableReason.NOT_UTF8));
        }
    }

    @Test
    void hostileTextElsewhereDoesNotMatter() {
        assertThat(envelope(event("{\"id\":\"cus_1\",\"object\":\"customer\",\"name\":\"a\\u0000\\ud800\u202e\u200b\","
                                + "\"email\":\"x\\r\\n@y\",\"balance\":" + "9".repeat(900) + ",\"n\":1e99999}"))
                        .objectId())
                .isEqualTo("cus_1");
    }

    @Test
    void cutShuffledAndFlippedBodiesAlwaysGetAVerdict() {
        // Given
        byte[] whole = PAID.getBytes(StandardCharsets.UTF_8);
        long seed = 20_261_120L;
        Random random = new Random(seed);

        for (int round = 0; round < 5_000; round++) {
            // When
            byte[] body = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && body.length > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }

            // Then
            assertThat(StripeEnvelope.read(body))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
            assertThat(BodyDigest.of(body).hex()).hasSize(64);
        }
    }

    private static String event(String object) {
        return "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"a.b\",\"data\":{\"object\":" + object + "}}";
    }

    private static EnvelopeVerdict read(String body) {
        return StripeEnvelope.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static StripeEnvelope envelope(String body) {
        return switch (read(body)) {
            case EnvelopeVerdict.Readable(StripeEnvelope envelope) -> envelope;
            case EnvelopeVerdict.Thin thin -> throw new AssertionError(thin);
            case EnvelopeVerdict.Unreadable unreadable -> throw new AssertionError(unreadable);
        };
    }

    private static UnreadableReason reason(String body) {
        return switch (read(body)) {
            case EnvelopeVerdict.Unreadable(UnreadableReason reason) -> reason;
            case EnvelopeVerdict.Readable readable -> throw new AssertionError(readable);
            case EnvelopeVerdict.Thin thin -> throw new AssertionError(thin);
        };
    }

    private static EnvelopeVerdict unreadable(UnreadableReason reason) {
        return new EnvelopeVerdict.Unreadable(reason);
    }
}
