package dev.quittance.ingest.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long Stripe goes on trying with what we do not have, told as somebody who is woken wants to hear it.
 *
 * @param oldestAt when the oldest event happened that Stripe has and we have not; null when there is none
 * @param stripeStopsAt from then on only a reconciliation brings it
 * @param told a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Deadline(@Nullable Instant oldestAt, @Nullable Instant stripeStopsAt, String told) {
    /** For so long Stripe tries to deliver. */
    static final Duration STRIPE_RETRIES = Duration.ofDays(3);

    static Deadline of(@Nullable Instant oldest, Instant now) {
        if (oldest == null) {
            return new Deadline(null, null, "no unprocessed event");
        }
        Duration age = Duration.between(oldest, now);
        Duration left = STRIPE_RETRIES.minus(age);
        String stripe = left.isPositive()
                ? "Stripe stops retrying in " + hours(left)
                : "Stripe stopped retrying " + hours(left.negated()) + " ago: only a reconciliation brings it";
        return new Deadline(
                oldest, oldest.plus(STRIPE_RETRIES), "oldest unprocessed event " + hours(age) + "; " + stripe);
    }

    private static String hours(Duration duration) {
        return Math.max(0, duration.toHours()) + " h";
    }
}
