package dev.quittance.ingest.eventlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it.
 *
 * @param origin what fed it: the signing secret that matched, a reconciliation, a replay
 * @param isSetAside whether it is of the other livemode
 * @param body compressed
 * @param bodyBytes its length as it came
 */
@SuppressWarnings("ArrayRecordComponent")
record LoggedEvent(
        String account,
        String eventId,
        String type,
        @Nullable String apiVersion,
        @Nullable Boolean livemode,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        String origin,
        boolean isSetAside,
        @Nullable String objectKind,
        @Nullable String objectId,
        @Nullable String customerId,
        @Nullable String paymentIntentId,
        @Nullable String subscriptionId,
        @Nullable String traceparent,
        int partition,
        long offset,
        byte[] body,
        int bodyBytes,
        byte[] digest) {}
