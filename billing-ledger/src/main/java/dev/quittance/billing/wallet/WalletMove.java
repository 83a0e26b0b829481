package dev.quittance.billing.wallet;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Something given to a user or taken from one, before it is known what they have.
 *
 * @param amount above zero: given; below: taken
 * @param house where it comes from, or goes to
 */
public record WalletMove(
        String businessKey,
        String rule,
        Cause cause,
        Instant occurredAt,
        UUID userId,
        String unit,
        long amount,
        LedgerAccount house) {
    /** The usual one: what was issued, and what of it is taken back. */
    public WalletMove(
            String businessKey, String rule, Cause cause, Instant occurredAt, UUID userId, String unit, long amount) {
        this(businessKey, rule, cause, occurredAt, userId, unit, amount, LedgerAccount.issued(unit));
    }

    public WalletMove {
        Objects.requireNonNull(house, "house is null");
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
