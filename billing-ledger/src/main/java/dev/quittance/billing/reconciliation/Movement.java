package dev.quittance.billing.reconciliation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A balance transaction: what moved on Stripe's side.
 *
 * @param kind Stripe's type
 * @param netMinor what it did to our balance: the amount less the fee
 */
record Movement(
        String id,
        String kind,
        @Nullable String sourceId,
        String currency,
        long amountMinor,
        long feeMinor,
        long netMinor,
        Instant at) {
    Movement {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(at, "at is null");
    }

    boolean isPayout() {
        return kind.startsWith("payout");
    }
}
