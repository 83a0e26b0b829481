package dev.quittance.ingest.webhook;

import java.util.Objects;

/** Whether a delivery is signed by Stripe, and if not, why. */
sealed interface SignatureVerdict {
    /**
     * @param secretIndex which of the secrets matched: when a secret is rolled, it says when the old one is out of use
     */
    record Verified(int secretIndex) implements SignatureVerdict {}

    record Rejected(SignatureFault fault) implements SignatureVerdict {
        public Rejected {
            Objects.requireNonNull(fault, "fault is null");
        }
    }
}
