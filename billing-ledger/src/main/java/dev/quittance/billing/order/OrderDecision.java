package dev.quittance.billing.order;

import java.util.Locale;

/** What a person decides on an order. */
public enum OrderDecision {
    /** It was held, and may go out as it was paid. */
    RELEASED,
    /** It was held, and the money goes back. */
    REFUSED,
    /** It was paid with points, and they are given back. */
    REFUNDED,
    /** Its buyer thought better of it before paying. */
    CANCELLED;

    /** As it stands in the database. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OrderDecision of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
