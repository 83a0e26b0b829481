package dev.quittance.billing.wallet;

import dev.quittance.billing.posting.Cause;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Something given to a user or taken from one, before it is known what they have.
 *
 * @param amount above zero: given; below: taken
 */
public record WalletMove(
        String businessKey, String rule, Cause cause, Instant occurredAt, UUID userId, String unit, long amount) {
    public WalletMove {
        Objects.requireNonNull(businessKey, "businessKey is null");
        Objects.requireNonNull(rule, "rule is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(unit, "unit is null");
        if (amount == 0) {
            throw new IllegalArgumentException("nothing moves");
        }
    }

    Wallet wallet() {
        return new Wallet(userId, unit);
    }
}
