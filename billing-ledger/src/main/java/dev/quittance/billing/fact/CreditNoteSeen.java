package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;

/**
 * A credit note.
 *
 * @param amountMinor what it gives back of what was paid; what it takes off an open invoice is not in it
 * @param refundedMinor how much of that is a refund, which has events of its own
 */
public record CreditNoteSeen(
        String account,
        String id,
        String invoiceId,
        String status,
        long amountMinor,
        long refundedMinor,
        String currency,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public CreditNoteSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(invoiceId, "invoiceId is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    public boolean isVoid() {
        return status.equals("void");
    }

    /** What it gives back in another way than by a refund. */
    public long creditedMinor() {
        return Math.max(0, amountMinor - refundedMinor);
    }
}
