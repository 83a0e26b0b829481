package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A review of a payment by a person. */
public record ReviewSeen(
        String account,
        String id,
        @Nullable String chargeId,
        @Nullable String paymentIntentId,
        boolean open,
        @Nullable String reason,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned, PaymentConcern {
    public ReviewSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }
}
