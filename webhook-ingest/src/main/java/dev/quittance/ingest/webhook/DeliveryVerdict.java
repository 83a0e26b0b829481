package dev.quittance.ingest.webhook;

import dev.quittance.contracts.stripe.StripeEnvelope;
import dev.quittance.ingest.problem.Problem;
import java.util.Objects;

/** What to do with a delivery. */
sealed interface DeliveryVerdict {
    /** The token of the outcome in {@code webhook.received}. */
    String outcome();

    record Accepted(StripeEnvelope envelope, int secretIndex) implements DeliveryVerdict {
        public Accepted {
            Objects.requireNonNull(envelope, "envelope is null");
        }

        @Override
        public String outcome() {
            return "accepted";
        }
    }

    /** Genuine, but of the other livemode, or of none: kept where nobody acts on it, so that test money never meets live books. */
    record SetAside(StripeEnvelope envelope, int secretIndex) implements DeliveryVerdict {
        public SetAside {
            Objects.requireNonNull(envelope, "envelope is null");
        }

        @Override
        public String outcome() {
            return "set_aside";
        }
    }

    /** @param isUnsigned whether nothing proves that Stripe sent it */
    record Refused(Problem problem, boolean isUnsigned) implements DeliveryVerdict {
        public Refused {
            Objects.requireNonNull(problem, "problem is null");
        }

        @Override
        public String outcome() {
            return problem.code();
        }
    }
}
