package dev.quittance.provisioning.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One move of an account's expiry, and what it came to.
 *
 * @param takenSeconds what a taking found to take
 * @param owedSeconds what it did not find any more; of a giving back what is not owed any more
 * @param forgives of a giving back: the business key of the taking that it undoes
 */
public record Extension(
        TimeMove cause,
        String eventId,
        UUID userId,
        @Nullable Instant previousExpiry,
        @Nullable Instant expiry,
        long takenSeconds,
        long owedSeconds,
        @Nullable String forgives) {}
