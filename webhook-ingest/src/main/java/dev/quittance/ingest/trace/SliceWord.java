package dev.quittance.ingest.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a slice publishes of an event: a row of its inbox, of what it parked, or of what came under a taken id.
 *
 * @param outcome as the slice writes it: {@code applied}, {@code ignored:reason}, {@code parked}, {@code conflict}
 */
record SliceWord(
        String account,
        String eventId,
        String service,
        String outcome,
        @Nullable String waitsFor,
        @Nullable String reason,
        Instant at) {}
