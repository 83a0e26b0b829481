package dev.quittance.billing.order;

import dev.quittance.contracts.money.Money;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an order when it is asked where it stands.
 *
 * @param total null for what is paid with points
 * @param session null while none is known
 * @param granted whether what pays for it is booked: the spend, or the settlement of its session
 * @param settledMinor what the settlement came to, or what was paid while there is none
 * @param reversedMinor what of that went back
 */
record OrderFacts(
        UUID orderId,
        UUID userId,
        String kind,
        OrderStatus status,
        long revision,
        @Nullable Money total,
        @Nullable Session session,
        boolean granted,
        long settledMinor,
        long reversedMinor,
        boolean fulfilled,
        @Nullable String heldReason,
        Set<OrderDecision> decisions) {
    OrderFacts {
        decisions = Set.copyOf(decisions);
    }

    /**
     * The checkout session, as last seen.
     *
     * @param hasFailed whether its asynchronous payment did
     */
    record Session(
            String id,
            String status,
            String paymentStatus,
            boolean hasFailed,
            @Nullable Money amount,
            @Nullable String paymentIntentId) {}

    OrderFacts fulfilledNow() {
        return new OrderFacts(
                orderId,
                userId,
                kind,
                status,
                revision,
                total,
                session,
                granted,
                settledMinor,
                reversedMinor,
                true,
                heldReason,
                decisions);
    }

    boolean is(OrderDecision decision) {
        return decisions.contains(decision);
    }

    String paymentMethod() {
        return total == null ? "points" : "stripe";
    }

    boolean isSubscription() {
        return kind.equals("subscription");
    }
}
