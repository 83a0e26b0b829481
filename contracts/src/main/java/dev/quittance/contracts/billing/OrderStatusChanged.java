package dev.quittance.contracts.billing;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order is in another state.
 *
 * @param previousStatus null when the order is new
 * @param status a stable code
 * @param revision counts the order's states, from 1
 */
public record OrderStatusChanged(
        UUID orderId, UUID userId, @Nullable String previousStatus, String status, long revision, Instant occurredAt)
        implements BillingEvent {
    public OrderStatusChanged {
        Objects.requireNonNull(orderId, "orderId is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
