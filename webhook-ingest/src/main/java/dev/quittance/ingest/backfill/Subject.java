package dev.quittance.ingest.backfill;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be brought, in the order in which it is: what others refer to comes first, so that little has to wait. */
enum Subject {
    PRODUCTS,
    PRICES,
    CUSTOMERS,
    SUBSCRIPTIONS,
    INVOICES,
    CHARGES;

    @JsonValue
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its list. */
    String path() {
        return "/v1/" + token();
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static Subject of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
