package dev.quittance.billing.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as its buyer, or an operator, sees it.
 *
 * @param heldReason why a person must look, where one must
 */
public record OrderView(
        UUID orderId,
        String kind,
        String status,
        String paymentMethod,
        long totalMinor,
        @Nullable String currency,
        long totalPoints,
        @Nullable String sessionId,
        @Nullable String heldReason,
        @Nullable Instant fulfilledAt,
        @Nullable Map<String, Object> trackingInfo,
        Instant createdAt,
        List<Item> items) {
    public OrderView {
        items = List.copyOf(items);
    }

    /** One thing of it. */
    public record Item(
            int line,
            String type,
            @Nullable String productId,
            String name,
            int quantity,
            @Nullable Long unitPriceMinor,
            @Nullable Long unitPricePoints,
            boolean fulfilled) {}

    /** A page; {@code next} is where the one after it begins, null on the last. */
    public record Page(List<OrderView> orders, @Nullable String next) {
        public Page {
            orders = List.copyOf(orders);
        }
    }
}
