package dev.quittance.billing.order;

import dev.quittance.billing.order.OrderFacts.Session;
import dev.quittance.contracts.money.Money;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an order stands. Decided from what is stored and never from which event came last, so that any order of the events
 * ends alike; the way there is one of the allowed ones.
 */
final class OrderRules {
    /** The same table as the database's, which refuses everything else whoever writes. */
    private static final Map<OrderStatus, Set<OrderStatus>> NEXT = new EnumMap<>(Map.of(
            OrderStatus.PENDING,
            Set.of(OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING, OrderStatus.FAILED, OrderStatus.CANCELLED),
            OrderStatus.AWAITING_PAYMENT,
            Set.of(OrderStatus.PROCESSING, OrderStatus.FAILED, OrderStatus.CANCELLED),
            OrderStatus.FAILED,
            Set.of(OrderStatus.PROCESSING, OrderStatus.AWAITING_PAYMENT),
            OrderStatus.CANCELLED,
            Set.of(OrderStatus.PROCESSING, OrderStatus.AWAITING_PAYMENT, OrderStatus.FAILED),
            OrderStatus.PROCESSING,
            Set.of(OrderStatus.COMPLETED, OrderStatus.PARTIALLY_REFUNDED, OrderStatus.REFUNDED),
            OrderStatus.COMPLETED,
            Set.of(OrderStatus.PARTIALLY_REFUNDED, OrderStatus.REFUNDED),
            OrderStatus.PARTIALLY_REFUNDED,
            Set.of(OrderStatus.PROCESSING, OrderStatus.COMPLETED, OrderStatus.REFUNDED),
            OrderStatus.REFUNDED,
            Set.of(OrderStatus.PROCESSING, OrderStatus.COMPLETED, OrderStatus.PARTIALLY_REFUNDED)));

    private OrderRules() {}

    static Set<OrderStatus> next(OrderStatus status) {
        return NEXT.getOrDefault(status, Set.of());
    }

    /** The states to go through, the last being the one it stands in; empty where it stands there already. */
    static List<OrderStatus> steps(OrderFacts order) {
        OrderStatus to = standing(order);
        if (to == order.status()) {
            return List.of();
        }
        if (next(order.status()).contains(to)) {
            return List.of(to);
        }
        boolean leaps = to.isPaid() && next(order.status()).contains(OrderStatus.PROCESSING);
        return leaps ? List.of(OrderStatus.PROCESSING, to) : List.of();
    }

    static OrderStatus standing(OrderFacts order) {
        if (isPaid(order)) {
            return paid(order);
        }
        @Nullable Session session = order.session();
        if (session == null || session.status().equals("open")) {
            return order.status();
        }
        if (session.status().equals("expired")) {
            return OrderStatus.CANCELLED;
        }
        return session.hasFailed() ? OrderStatus.FAILED : OrderStatus.AWAITING_PAYMENT;
    }

    /** Whether the buyer has paid: by the session's word, or by the spend. */
    static boolean isPaid(OrderFacts order) {
        @Nullable Session session = order.session();
        if (order.total() == null) {
            return order.granted();
        }
        return session != null
                && session.status().equals("complete")
                && (session.paymentStatus().equals("paid")
                        || session.paymentStatus().equals("no_payment_required"));
    }

    /** Whether an order may still be given up: nothing is known to have been paid, or begun to be. */
    static boolean isGivenUp(OrderFacts order) {
        @Nullable Session session = order.session();
        return order.status() == OrderStatus.PENDING
                && order.total() != null
                && (session == null || !session.status().equals("complete"));
    }

    /** Whether the goods may go out: paid as ordered, and the payment booked. A subscription's first invoice books itself. */
    static boolean isToFulfil(OrderFacts order) {
        return isPaid(order)
                && (order.granted() || order.isSubscription())
                && !order.fulfilled()
                && objection(order) == null
                && order.heldReason() == null
                && standing(order) != OrderStatus.REFUNDED;
    }

    /** Why a person must look before anything goes out; null when all agrees, or when one looked and let it go. */
    static @Nullable String objection(OrderFacts order) {
        @Nullable Session session = order.session();
        @Nullable Money total = order.total();
        if (total == null || session == null || !isPaid(order)) {
            return null;
        }
        if (order.isSubscription() || order.is(OrderDecision.RELEASED)) {
            return null;
        }
        @Nullable Money amount = session.amount();
        if (amount == null || !amount.currency().equals(total.currency())) {
            return "CURRENCY_DIFFERS";
        }
        return amount.amountMinor() == total.amountMinor() ? null : "AMOUNT_DIFFERS";
    }

    private static OrderStatus paid(OrderFacts order) {
        if (order.is(OrderDecision.REFUNDED)) {
            return OrderStatus.REFUNDED;
        }
        if (order.reversedMinor() > 0) {
            return order.reversedMinor() >= order.settledMinor()
                    ? OrderStatus.REFUNDED
                    : OrderStatus.PARTIALLY_REFUNDED;
        }
        return order.fulfilled() ? OrderStatus.COMPLETED : OrderStatus.PROCESSING;
    }
}
