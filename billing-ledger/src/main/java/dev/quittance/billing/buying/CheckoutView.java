package dev.quittance.billing.buying;

import dev.quittance.billing.order.PlacedOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer is told of a checkout: the same for the same key, so nothing that changes.
 *
 * @param balance the points that were left
 * @param url Stripe's page, where there is something to pay
 */
record CheckoutView(
        UUID orderId,
        String paymentMethod,
        long totalMinor,
        @Nullable String currency,
        long totalPoints,
        @Nullable Long balance,
        @Nullable String sessionId,
        @Nullable String url,
        @Nullable Instant expiresAt) {

    static CheckoutView of(PlacedOrder order) {
        return new CheckoutView(
                order.orderId(),
                order.paymentMethod(),
                order.totalMinor(),
                order.currency(),
                order.totalPoints(),
                order.balanceAfter(),
                order.sessionId(),
                order.url(),
                order.expiresAt());
    }
}
