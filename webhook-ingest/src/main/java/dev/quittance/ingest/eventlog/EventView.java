package dev.quittance.ingest.eventlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.quittance.ingest.trace.Trace;
import dev.quittance.ingest.trace.Traced;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A logged event as operators see it.
 *
 * @param position what a list asks {@code before}
 * @param body Stripe's JSON; only of a single event, and never once it is purged
 * @param became what the services made of it; not in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
        long position,
        String account,
        String id,
        String type,
        @Nullable String apiVersion,
        @Nullable Boolean livemode,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        String origin,
        boolean setAside,
        @Nullable String objectKind,
        @Nullable String objectId,
        @Nullable String customer,
        @Nullable String payment,
        @Nullable String subscription,
        int partition,
        long offset,
        int bodyBytes,
        @Nullable Instant purgedAt,
        @Nullable Boolean masked,
        @Nullable @JsonRawValue String body,
        Trace.@Nullable Told became) {

    EventView withBody(boolean isMasked, String json) {
        return new EventView(
                position,
                account,
                id,
                type,
                apiVersion,
                livemode,
                occurredAt,
                receivedAt,
                origin,
                setAside,
                objectKind,
                objectId,
                customer,
                payment,
                subscription,
                partition,
                offset,
                bodyBytes,
                purgedAt,
                isMasked,
                json,
                became);
    }

    EventView withTrace(Trace trace) {
        return new EventView(
                position,
                account,
                id,
                type,
                apiVersion,
                livemode,
                occurredAt,
                receivedAt,
                origin,
                setAside,
                objectKind,
                objectId,
                customer,
                payment,
                subscription,
                partition,
                offset,
                bodyBytes,
                purgedAt,
                masked,
                body,
                trace.of(account, id));
    }

    Traced traced() {
        return Traced.of(account, id, setAside, objectId, payment);
    }
}
