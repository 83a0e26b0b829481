package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's expiry moved.
 *
 * @param previousExpiry null when the account had none
 * @param cause the business key of the move, {@code expiry:{voucher}} or {@code giveback:{voucher}:{revision}}
 * @param forgiven what is not owed any more, when time is given back after some of it had been used up
 */
public record AccountExtended(
        UUID userId,
        String accountNumber,
        @Nullable Instant previousExpiry,
        Instant expiry,
        String cause,
        Instant occurredAt,
        @Nullable Forgiven forgiven)
        implements ProvisioningEvent {
    public AccountExtended {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(expiry, "expiry is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }

    /**
     * Days that {@link AccountShortened} said were owed.
     *
     * @param cause that event's
     * @param days as many as it said
     */
    public record Forgiven(String cause, int days) {
        public Forgiven {
            Objects.requireNonNull(cause, "cause is null");
        }
    }

    /** Time that nobody owed before. */
    public AccountExtended(
            UUID userId,
            String accountNumber,
            @Nullable Instant previousExpiry,
            Instant expiry,
            String cause,
            Instant occurredAt) {
        this(userId, accountNumber, previousExpiry, expiry, cause, occurredAt, null);
    }
}
