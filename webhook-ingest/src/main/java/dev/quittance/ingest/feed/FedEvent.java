package dev.quittance.ingest.feed;

import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.publish.Destination;
import org.jspecify.annotations.Nullable;

/** An event to publish as if it had been posted just now. */
@SuppressWarnings("ArrayRecordComponent")
public record FedEvent(
        Destination destination,
        StripeEnvelope envelope,
        byte[] body,
        @Nullable String traceparent) {}
