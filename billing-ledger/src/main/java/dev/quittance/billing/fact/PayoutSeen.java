package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A payout to our bank.
 *
 * @param amountMinor below zero when the bank paid Stripe
 * @param reconciled whether Stripe has said which movements it is made of
 */
public record PayoutSeen(
        String account,
        String id,
        String status,
        long amountMinor,
        String currency,
        boolean automatic,
        boolean reconciled,
        @Nullable String balanceTransactionId,
        @Nullable String failureCode,
        @Nullable Instant arrivalAt,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public PayoutSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }
}
