package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An intent to set up a way to pay. */
public record SetupIntentSeen(
        String account,
        String id,
        @Nullable String customerId,
        @Nullable String paymentMethodId,
        String status,
        @Nullable String errorCode,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public SetupIntentSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }
}
