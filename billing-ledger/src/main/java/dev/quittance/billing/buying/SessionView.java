package dev.quittance.billing.buying;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a checkout, for the page that the buyer comes back to.
 *
 * @param state {@code open}, {@code awaiting_payment}, {@code paid}, {@code fulfilled}, {@code expired} or {@code failed}
 * @param inReview whether it is paid, and a person looks at it first
 */
record SessionView(
        String state,
        UUID orderId,
        String orderStatus,
        String kind,
        boolean inReview,
        long totalMinor,
        @Nullable String currency) {

    static SessionView of(
            UUID order,
            String status,
            boolean fulfilled,
            boolean held,
            String kind,
            long totalMinor,
            @Nullable String currency) {
        String state = switch (status) {
            case "pending" -> "open";
            case "awaiting_payment" -> "awaiting_payment";
            case "cancelled" -> "expired";
            case "failed" -> "failed";
            default -> fulfilled ? "fulfilled" : "paid";
        };
        return new SessionView(state, order, status, kind, held, totalMinor, currency);
    }
}
