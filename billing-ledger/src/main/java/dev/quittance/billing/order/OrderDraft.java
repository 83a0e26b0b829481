package dev.quittance.billing.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that is to be made.
 *
 * @param fingerprint what the request asked for, so that its key is not another request's
 * @param expiresAt until when the buyer may pay; null where it is paid at once
 */
public record OrderDraft(
        UUID userId,
        String kind,
        String paymentMethod,
        long totalMinor,
        @Nullable String currency,
        long totalPoints,
        @Nullable String email,
        String idempotencyKey,
        String fingerprint,
        @Nullable Instant expiresAt,
        List<Line> lines) {
    public OrderDraft {
        lines = List.copyOf(lines);
    }

    /**
     * One thing that is bought.
     *
     * @param productId null for what is not a product of the shop's
     * @param reference what it is known by: the product, the package, the plan or Stripe's price
     */
    public record Line(
            String type,
            @Nullable UUID productId,
            String reference,
            String name,
            int quantity,
            @Nullable Long unitMinor,
            @Nullable Long unitPoints) {}

    /** Follows from the user and the key, so that asking twice is one order. */
    public UUID id() {
        return idOf(userId, idempotencyKey);
    }

    public static UUID idOf(UUID userId, String idempotencyKey) {
        return UUID.nameUUIDFromBytes(("order:" + userId + ":" + idempotencyKey).getBytes(StandardCharsets.UTF_8));
    }
}
