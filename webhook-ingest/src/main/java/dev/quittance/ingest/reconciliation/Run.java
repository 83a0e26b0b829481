package dev.quittance.ingest.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comparison and how far it is.
 *
 * @param account a connected account, empty for our own
 * @param missing found at Stripe and not in the log
 * @param arrived of those, what came by itself before we published it
 * @param oldestUndeliveredAt of what Stripe has not delivered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Run(
        long id,
        String requestedBy,
        String account,
        Scope scope,
        Instant from,
        Instant to,
        String state,
        @JsonIgnore @Nullable String nextAfter,
        int pages,
        long listed,
        long unreadable,
        long missing,
        long published,
        long arrived,
        @Nullable Instant oldestUndeliveredAt,
        @JsonIgnore int attempts,
        @Nullable String lastFailure,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    static final String LISTING = "listing";

    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 16;

    /** When Stripe gives the oldest of them up: from then on only a reconciliation brings it. */
    @JsonProperty
    public @Nullable Instant stripeStopsRetryingAt() {
        return oldestUndeliveredAt == null ? null : oldestUndeliveredAt.plus(Deadline.STRIPE_RETRIES);
    }

    boolean isListing() {
        return state.equals(LISTING);
    }

    /** Twice as long after each attempt that failed. */
    Duration pause(Duration longest) {
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.clamp(attempts - 1, 0, DOUBLINGS_MAX));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
