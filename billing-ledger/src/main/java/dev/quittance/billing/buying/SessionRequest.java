package dev.quittance.billing.buying;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe is asked to open, read back from the order: asked again it is word for word the same, as its key demands.
 *
 * @param customerId null while the user is no customer yet
 */
record SessionRequest(
        UUID orderId,
        UUID userId,
        String kind,
        long totalMinor,
        String currency,
        @Nullable String email,
        @Nullable String customerId,
        String stripeKey,
        Instant expiresAt,
        List<Line> lines) {
    SessionRequest {
        lines = List.copyOf(lines);
    }

    /**
     * @param priceId Stripe's price, null where we name the amount
     */
    record Line(
            String name,
            int quantity,
            long unitMinor,
            @Nullable String priceId,
            String reference) {}

    boolean isSubscription() {
        return kind.equals("subscription");
    }

    /** What comes back with every event of the session. What is sold is named; how much of it that is, our catalogue says. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>(
                Map.of("order_id", orderId.toString(), "user_id", userId.toString(), "userId", userId.toString()));
        if (email != null) {
            metadata.put("userEmail", email);
        }
        if (!isSubscription()) {
            metadata.put("price", Long.toString(totalMinor));
        }
        switch (kind) {
            case "points" -> metadata.put("package_id", lines.getFirst().reference());
            case "credits" -> metadata.put("plan", lines.getFirst().reference());
            default -> {
                // The lines say it.
            }
        }
        return metadata;
    }
}
