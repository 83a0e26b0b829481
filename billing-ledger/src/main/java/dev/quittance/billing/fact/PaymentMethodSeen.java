package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way to pay.
 *
 * @param customerId whose it is, or was before it was detached; null when the payload says neither
 * @param detached for good: Stripe lets no method be attached again
 */
public record PaymentMethodSeen(
        String account,
        String id,
        @Nullable String customerId,
        String kind,
        @Nullable String brand,
        @Nullable String lastFour,
        @Nullable Integer expiresMonth,
        @Nullable Integer expiresYear,
        @Nullable String fingerprint,
        boolean detached,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public PaymentMethodSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }
}
