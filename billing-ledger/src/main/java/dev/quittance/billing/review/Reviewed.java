package dev.quittance.billing.review;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as a decision on it needs it.
 *
 * @param heldReason null where it is not held
 * @param decisions what was decided before
 * @param anchor what its settlement is known by; null while it has no session
 * @param paidMinor what the session came to
 * @param at the moment of the decision
 */
record Reviewed(
        UUID orderId,
        UUID userId,
        String status,
        String paymentMethod,
        long totalPoints,
        @Nullable String heldReason,
        boolean fulfilled,
        Set<String> decisions,
        @Nullable String anchor,
        @Nullable String paymentIntentId,
        long paidMinor,
        Instant at) {
    Reviewed {
        decisions = Set.copyOf(decisions);
    }
}
