package dev.quittance.ingest.publish;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.telemetry.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The record's headers: CloudEvents in binary mode, and what readers need before they parse. */
final class EventHeaders {
    private static final String SOURCE = "/stripe";

    private EventHeaders() {}

    static RecordHeaders of(StripeEnvelope envelope, byte[] body, Origin origin, TraceParent traceParent) {
        RecordHeaders headers = new RecordHeaders();
        put(headers, Headers.CE_SPECVERSION, "1.0");
        put(headers, Headers.CE_ID, envelope.id());
        put(headers, Headers.CE_TYPE, envelope.type());
        put(headers, Headers.CE_SOURCE, envelope.account().isEmpty() ? SOURCE : SOURCE + "/" + envelope.account());
        put(headers, Headers.CE_TIME, created(envelope));
        put(headers, Headers.CE_SUBJECT, envelope.objectId());
        put(headers, Headers.CONTENT_TYPE, "application/json");
        put(headers, Headers.TRACEPARENT, traceParent.value());
        put(headers, Headers.STRIPE_ACCOUNT, envelope.account());
        put(headers, Headers.STRIPE_API_VERSION, envelope.apiVersion());
        put(headers, Headers.STRIPE_LIVEMODE, envelope.livemode() == null ? null : String.valueOf(envelope.livemode()));
        put(headers, Headers.ORIGIN, origin.value());
        put(headers, Headers.BODY_SHA256, BodyDigest.of(body).hex());
        return headers;
    }

    private static @Nullable String created(StripeEnvelope envelope) {
        return envelope.created() == null
                ? null
                : Instant.ofEpochSecond(envelope.created()).toString();
    }

    /** What is not known has no header. */
    private static void put(RecordHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
