package dev.quittance.billing.review;

import dev.quittance.billing.order.OrderDecision;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Shards;
import dev.quittance.billing.wallet.WalletMove;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be decided on an order, and what it gives back. */
final class ReviewRules {
    private static final Set<String> PAID = Set.of("processing", "completed");
    private static final String POINTS = "points";
    private static final String RULE = "spend_refund";

    private ReviewRules() {}

    /** Why this cannot be decided now, in a sentence; null when it can. */
    static @Nullable String objection(OrderDecision decision, Reviewed order) {
        return switch (decision) {
            case RELEASED, REFUSED -> isHeld(order) ? null : "This order is not held.";
            case REFUNDED -> {
                if (!order.paymentMethod().equals(POINTS)) {
                    yield "Money is given back as a refund of its payment.";
                }
                yield PAID.contains(order.status()) ? null : "There are no points of this order to give back.";
            }
            case CANCELLED -> "An order is cancelled by its buyer.";
        };
    }

    private static boolean isHeld(Reviewed order) {
        return order.heldReason() != null
                && !order.fulfilled()
                && PAID.contains(order.status())
                && !order.decisions().contains(OrderDecision.REFUSED.token());
    }

    /** All points of the order, back from where they were spent. What the user owes is settled by them first. */
    static WalletMove pointsBack(Reviewed order) {
        String key = RULE + ":order:" + order.orderId();
        return new WalletMove(
                key,
                RULE,
                new Cause("", key, Shards.of(order.userId().toString())),
                order.at(),
                order.userId(),
                POINTS,
                order.totalPoints(),
                LedgerAccount.spent(POINTS));
    }
}
