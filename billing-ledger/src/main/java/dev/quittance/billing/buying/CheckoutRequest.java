package dev.quittance.billing.buying;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.cart.CartLine;
import dev.quittance.billing.cart.CartRules;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A wish to buy.
 *
 * @param items what of it; empty for all that is in the cart
 * @param expected the total that the client showed, in minor units or in points; null when it does not say
 * @param expiresAt until when it may be paid; null where it is paid at once
 */
record CheckoutRequest(
        UUID userId,
        @Nullable String email,
        String key,
        String paymentMethod,
        List<CartLine> items,
        @Nullable Long expected,
        @Nullable Instant expiresAt) {
    static final long TOTAL_MAX = 1_000_000_000_000L;
    private static final List<String> METHODS = List.of("stripe", "points");

    CheckoutRequest {
        items = List.copyOf(items);
    }

    static CheckoutRequest read(
            UUID userId, @Nullable String email, String key, byte @Nullable [] bytes, Instant expiresAt) {
        JsonBody body = JsonBody.read(bytes);
        String method = body.word("payment_method", METHODS);
        return new CheckoutRequest(
                userId,
                email,
                key,
                method,
                CartRules.read(body),
                body.wholeOrNull("total", 0, TOTAL_MAX),
                method.equals("points") ? null : expiresAt);
    }

    boolean byPoints() {
        return paymentMethod.equals("points");
    }

    /** What was asked, so that another request is not taken for this one. */
    String fingerprint() {
        return "cart:" + paymentMethod + ":" + expected + ":"
                + items.stream()
                        .map(line -> line.productId() + "x" + line.quantity())
                        .sorted()
                        .collect(Collectors.joining(","));
    }
}
