package dev.quittance.messaging.inbox;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.telemetry.trace.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One event as it came, with what delivery needs to know of it.
 *
 * @param topic without the prefix of this installation
 * @param digest SHA-256 of the body, to tell a repeated event from another one under the same id
 */
@SuppressWarnings("ArrayRecordComponent")
public record Incoming(
        EventId id,
        String type,
        String topic,
        @Nullable String key,
        byte[] body,
        byte[] digest,
        @Nullable String traceparent) {
    private static final int ID_LENGTH_MAX = 255;

    /** Empty when the record lacks what every record of ours carries: it was put there by somebody else. */
    static Optional<Incoming> of(ConsumerRecord<String, byte[]> record, String topic) {
        String id = header(record, Headers.CE_ID);
        String type = header(record, Headers.CE_TYPE);
        byte[] body = record.value();
        if (id == null || type == null || body == null || !isStorable(id) || !isStorable(type)) {
            return Optional.empty();
        }
        String account = header(record, Headers.STRIPE_ACCOUNT);
        return Optional.of(new Incoming(
                new EventId(account == null ? "" : account, id),
                type,
                topic,
                record.key(),
                body,
                digest(header(record, Headers.BODY_SHA256), body),
                header(record, Headers.TRACEPARENT)));
    }

    /** The same as a part of the work that applies it: what it leads to continues that. */
    Incoming within(Span work) {
        @Nullable String own = work.traceparent();
        return own == null ? this : new Incoming(id, type, topic, key, body, digest, own);
    }

    private static byte[] digest(@Nullable String hex, byte[] body) {
        if (hex != null && hex.length() == 64) {
            try {
                return HexFormat.of().parseHex(hex);
            } catch (IllegalArgumentException _) {
                // Not ours: the body itself decides.
            }
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isStorable(String text) {
        return !text.isEmpty() && text.length() <= ID_LENGTH_MAX && text.indexOf('\0') < 0;
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
