package dev.quittance.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.telemetry.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final TraceParent TRACE = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void everythingKnownIsToldOnce() {
        // Given
        StripeEnvelope envelope = new StripeEnvelope(
                "evt_1",
                "charge.succeeded",
                "2026-07-29.dahlia",
                1_763_633_730L,
                false,
                "acct_1",
                "charge",
                "ch_1",
                "cus_1",
                null,
                null);

        // Then
        assertThat(headers(envelope))
                .isEqualTo(Map.ofEntries(
                        Map.entry(Headers.CE_SPECVERSION, "1.0"),
                        Map.entry(Headers.CE_ID, "evt_1"),
                        Map.entry(Headers.CE_TYPE, "charge.succeeded"),
                        Map.entry(Headers.CE_SOURCE, "/stripe/acct_1"),
                        Map.entry(Headers.CE_TIME, "2025-11-20T10:15:30Z"),
                        Map.entry(Headers.CE_SUBJECT, "ch_1"),
                        Map.entry(Headers.CONTENT_TYPE, "application/json"),
                        Map.entry(Headers.TRACEPARENT, TRACE.value()),
                        Map.entry(Headers.STRIPE_ACCOUNT, "acct_1"),
                        Map.entry(Headers.STRIPE_API_VERSION, "2026-07-29.dahlia"),
                        Map.entry(Headers.STRIPE_LIVEMODE, "false"),
                        Map.entry(Headers.ORIGIN, "secret:1"),
                        Map.entry(Headers.BODY_SHA256, BodyDigest.of(BODY).hex())));
    }

    @Test
    void whatIsUnknownHasNoHeader() {
        // Given
        StripeEnvelope envelope =
                new StripeEnvelope("evt_1", "a.b", null, null, null, "", null, null, null, null, null);

        // Then
        assertThat(headers(envelope))
                .containsEntry(Headers.CE_SOURCE, "/stripe")
                .containsEntry(Headers.STRIPE_ACCOUNT, "")
                .doesNotContainKeys(
                        Headers.CE_TIME, Headers.CE_SUBJECT, Headers.STRIPE_API_VERSION, Headers.STRIPE_LIVEMODE);
    }

    private static Map<String, String> headers(StripeEnvelope envelope) {
        return Arrays.stream(
                        EventHeaders.of(envelope, BODY, Origin.secret(1), TRACE).toArray())
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), StandardCharsets.UTF_8)));
    }
}
