package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An early fraud warning.
 *
 * @param actionable false once the payment was refunded or disputed: nothing is left to be done about it
 */
public record WarningSeen(
        String account,
        String id,
        @Nullable String chargeId,
        @Nullable String paymentIntentId,
        @Nullable String fraudType,
        boolean actionable,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned, PaymentConcern {
    public WarningSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }
}
