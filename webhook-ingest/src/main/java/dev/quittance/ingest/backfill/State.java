package dev.quittance.ingest.backfill;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a backfill is. Stripe's lists do not say how long they are: they are counted first, which is all of a dry run. */
enum State {
    COUNTING,
    PUBLISHING,
    DONE,
    ABORTED;

    @JsonValue
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
