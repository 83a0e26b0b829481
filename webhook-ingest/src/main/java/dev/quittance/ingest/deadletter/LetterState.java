package dev.quittance.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether somebody has decided on a dead letter. */
enum LetterState {
    OPEN,
    REPLAYED,
    DISCARDED;

    @JsonValue
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static LetterState of(String token) {
        return valueOf(token.toUpperCase(Locale.ROOT));
    }
}
