package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;

/**
 * A movement on Stripe's books, whole.
 *
 * @param kind {@code dispute}, {@code charge} or {@code refund}: what it came of
 * @param amountMinor with Stripe's sign: below zero the money left us
 * @param feeMinor with Stripe's sign: above zero Stripe took it
 */
public record Movement(
        String account,
        String id,
        String kind,
        String sourceId,
        long amountMinor,
        long feeMinor,
        String currency,
        Instant createdAt) {
    public Movement {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(sourceId, "sourceId is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
    }
}
