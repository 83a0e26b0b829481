package dev.quittance.contracts.billing;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A user's balance in one unit is another now.
 *
 * @param unit {@code points} or {@code credits}
 * @param balance in whole units
 * @param seq the balance row's version: a greater one is newer, whatever order they come in
 */
public record BalanceChanged(UUID userId, String unit, long balance, long seq, Instant occurredAt)
        implements BillingEvent {
    public BalanceChanged {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(unit, "unit is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
