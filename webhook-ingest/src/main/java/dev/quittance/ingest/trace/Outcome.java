package dev.quittance.ingest.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one service says of one event.
 *
 * @param outcome {@code applied}, {@code ignored}, {@code parked}, {@code dead}, {@code discarded}, {@code duplicate}, {@code conflict} (the
 *     id came with another body) or {@code pending} (not read yet)
 * @param reason why it was ignored or parked, or what it died of
 * @param waitsFor what a parked event waits for
 * @param times how often a duplicate came
 * @param letter the dead letter, to be asked at {@code /api/admin/dead-letters}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String service,
        String outcome,
        @Nullable String reason,
        @Nullable String waitsFor,
        @Nullable Integer times,
        @Nullable Long letter,
        @Nullable Instant at) {
    static Outcome pending(String service) {
        return new Outcome(service, "pending", null, null, null, null, null);
    }

    static Outcome duplicate(String service, int times) {
        return new Outcome(service, "duplicate", null, null, times, null, null);
    }
}
