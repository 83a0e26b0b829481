package dev.quittance.contracts.provisioning;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Time that a reversed voucher had given was taken back from an account, down to the moment and no further.
 *
 * @param cause the business key of the move, {@code takeback:{voucher}:{revision}}
 * @param daysTaken whole days that were still there to take
 * @param daysShort whole days that had been used up already: what the customer owes
 */
public record AccountShortened(
        UUID userId,
        String accountNumber,
        Instant previousExpiry,
        Instant expiry,
        String cause,
        int daysTaken,
        int daysShort,
        Instant occurredAt)
        implements ProvisioningEvent {
    public AccountShortened {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(previousExpiry, "previousExpiry is null");
        Objects.requireNonNull(expiry, "expiry is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
