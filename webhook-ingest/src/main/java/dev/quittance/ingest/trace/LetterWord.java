package dev.quittance.ingest.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter of an event. */
record LetterWord(
        String eventId,
        String service,
        long letter,
        String state,
        @Nullable String code,
        Instant at) {}
