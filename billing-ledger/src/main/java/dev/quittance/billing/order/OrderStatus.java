package dev.quittance.billing.order;

import java.util.Locale;
import java.util.Set;

/** The states of an order. */
public enum OrderStatus {
    /** Made, and not paid yet: its stock is set aside. */
    PENDING,
    /** The buyer has done their part; the bank takes days. */
    AWAITING_PAYMENT,
    /** Paid, and not all of it is out yet. */
    PROCESSING,
    COMPLETED,
    FAILED,
    /** Nobody paid in time, or somebody thought better of it. */
    CANCELLED,
    REFUNDED,
    PARTIALLY_REFUNDED;

    private static final Set<OrderStatus> PAID = Set.of(PROCESSING, COMPLETED, REFUNDED, PARTIALLY_REFUNDED);

    /** As it stands in the database and in events. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isPaid() {
        return PAID.contains(this);
    }

    static OrderStatus of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
