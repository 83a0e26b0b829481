package dev.quittance.ingest.eventlog;

import dev.quittance.contracts.stripe.BodyDigest;
import dev.quittance.contracts.stripe.EnvelopeVerdict;
import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.contracts.topic.Headers;
import dev.quittance.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What the log keeps of a record. Everything comes from the body that was verified, except what only the gate knew. */
final class LogReader {
    static final String UNKNOWN_ORIGIN = "unknown";

    private static final int TEXT_CHARS_MAX = 255;

    private LogReader() {}

    /** Empty for what the gate would not have let through: somebody else put it there. */
    static Optional<LoggedEvent> read(ConsumerRecord<String, byte[]> record) {
        return StripeEnvelope.read(record.value()) instanceof EnvelopeVerdict.Readable(StripeEnvelope envelope)
                ? Optional.of(logged(record, record.value(), envelope))
                : Optional.empty();
    }

    private static LoggedEvent logged(ConsumerRecord<String, byte[]> record, byte[] body, StripeEnvelope envelope) {
        String origin = header(record, Headers.ORIGIN);
        return new LoggedEvent(
                envelope.account(),
                envelope.id(),
                envelope.type(),
                envelope.apiVersion(),
                envelope.livemode(),
                envelope.created() == null ? null : Instant.ofEpochSecond(envelope.created()),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                origin == null ? UNKNOWN_ORIGIN : origin,
                record.topic().endsWith(Topics.STRIPE_SET_ASIDE),
                envelope.objectKind(),
                envelope.objectId(),
                itselfOr(envelope, "customer", envelope.customerId()),
                itselfOr(envelope, "payment_intent", envelope.paymentIntentId()),
                itselfOr(envelope, "subscription", envelope.subscriptionId()),
                header(record, Headers.TRACEPARENT),
                record.partition(),
                record.offset(),
                PackedBody.pack(body),
                body.length,
                HexFormat.of().parseHex(BodyDigest.of(body).hex()));
    }

    private static @Nullable String itselfOr(StripeEnvelope envelope, String kind, @Nullable String reference) {
        return kind.equals(envelope.objectKind()) && envelope.objectId() != null ? envelope.objectId() : reference;
    }

    /** Text that Postgres can store, or none: anybody who reaches the broker writes headers. */
    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null || header.value().length > TEXT_CHARS_MAX) {
            return null;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        return text.isEmpty() || text.indexOf('\0') >= 0 ? null : text;
    }
}
