package dev.quittance.billing.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it was made.
 *
 * @param balanceAfter the points that were left; null for what is paid with money
 * @param stripeKey the key under which Stripe is asked for its session, always the same
 */
public record PlacedOrder(
        UUID orderId,
        String kind,
        String paymentMethod,
        long totalMinor,
        @Nullable String currency,
        long totalPoints,
        @Nullable Long balanceAfter,
        String fingerprint,
        OrderStatus status,
        @Nullable String sessionId,
        @Nullable String url,
        String stripeKey,
        @Nullable String email,
        @Nullable Instant expiresAt) {}
