package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent.
 *
 * @param terms its metadata where that names what the payment is for, else empty
 */
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
        Map<String, String> terms,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public IntentSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        terms = Map.copyOf(terms);
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    public boolean isPaid() {
        return status.equals("succeeded");
    }

    /** Whether it may be a purchase by itself: it names what it is for, and no invoice. */
    public boolean isOffer() {
        return isPaid() && !terms.isEmpty() && invoiceId == null;
    }
}
