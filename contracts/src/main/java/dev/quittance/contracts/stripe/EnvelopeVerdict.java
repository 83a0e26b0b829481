package dev.quittance.contracts.stripe;

import java.util.Objects;

/** What a body turned out to be. */
public sealed interface EnvelopeVerdict {
    /** One of Stripe's snapshot events, of whatever type and version. */
    record Readable(StripeEnvelope envelope) implements EnvelopeVerdict {
        public Readable {
            Objects.requireNonNull(envelope, "envelope is null");
        }
    }

    /** A thin v2 event: it names an object without carrying it, and belongs on another URL. */
    record Thin(String id, String type) implements EnvelopeVerdict {
        public Thin {
            Objects.requireNonNull(id, "id is null");
            Objects.requireNonNull(type, "type is null");
        }
    }

    record Unreadable(UnreadableReason reason) implements EnvelopeVerdict {
        public Unreadable {
            Objects.requireNonNull(reason, "reason is null");
        }
    }
}
