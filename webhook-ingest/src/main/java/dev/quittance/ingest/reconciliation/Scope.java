package dev.quittance.ingest.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What of Stripe's list is looked at. */
enum Scope {
    UNDELIVERED,
    ALL;

    @JsonValue
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static Scope of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
