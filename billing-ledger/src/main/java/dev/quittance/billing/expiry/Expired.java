package dev.quittance.billing.expiry;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What a user did not use in time. What is oldest is used first, so that is what they have beyond everything that they were
 * given since.
 *
 * @param cutoff what was given before it is over
 */
record Expired(long accountId, UUID userId, String unit, long amount, Instant cutoff) {
    Expired {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(unit, "unit is null");
        Objects.requireNonNull(cutoff, "cutoff is null");
    }

    /** Once for a user and a day. */
    Posting posting() {
        String key = "expiry:" + userId + ":" + unit + ":" + cutoff.getEpochSecond();
        return Posting.of(
                key,
                "expiry",
                new Cause("", key, 0),
                cutoff,
                LedgerAccount.user(userId, unit),
                LedgerAccount.breakage(unit),
                amount);
    }
}
