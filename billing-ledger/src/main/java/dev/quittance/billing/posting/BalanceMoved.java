package dev.quittance.billing.posting;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.messaging.outbox.OutboxEvent;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A user's balance after a transaction of ours.
 *
 * @param seq the balance row's version: a greater one is newer
 */
public record BalanceMoved(UUID userId, String unit, long balance, long seq, Instant at) {
    public BalanceMoved {
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(unit, "unit is null");
        Objects.requireNonNull(at, "at is null");
    }

    /** What the others are told; no event in particular caused it, where a batch of them did. */
    OutboxEvent event() {
        return OutboxEvent.of(
                new BalanceChanged(userId, unit, balance, seq, at), "balance:" + userId + ":" + unit + ":" + seq, null);
    }
}
