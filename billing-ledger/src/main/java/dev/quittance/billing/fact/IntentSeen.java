package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A payment intent. */
public record IntentSeen(
        String account,
        String id,
        String status,
        long amountMinor,
        long amountReceivedMinor,
        String currency,
        @Nullable String customerId,
        @Nullable String invoiceId,
        @Nullable String receiptEmail,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public IntentSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    public boolean isPaid() {
        return status.equals("succeeded");
    }
}
