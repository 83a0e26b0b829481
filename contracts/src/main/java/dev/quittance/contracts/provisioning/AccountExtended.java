package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's expiry moved.
 *
 * @param previousExpiry null when the account had none
 * @param cause the business key of the move, {@code expiry:{voucher}}
 */
public record AccountExtended(
        UUID userId,
        String accountNumber,
        @Nullable Instant previousExpiry,
        Instant expiry,
        String cause,
        Instant occurredAt)
        implements ProvisioningEvent {
    public AccountExtended {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(expiry, "expiry is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
