package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invoice.
 *
 * @param billingReason why there is one, as Stripe says it; null in payloads of before it did
 * @param totalMinor below zero: the customer is credited
 * @param dueMinor what was asked of the customer; null when the payload does not say
 * @param metadata its own, and what of its subscription's it does not name
 * @param paymentIntentIds the payments that the payload names
 * @param shares how much each of them paid, of those of which the payload says so
 * @param lines empty when the payload does not carry all of them
 */
public record InvoiceSeen(
        String account,
        String id,
        String status,
        @Nullable String billingReason,
        @Nullable String customerId,
        @Nullable String subscriptionId,
        long totalMinor,
        long amountPaidMinor,
        long taxMinor,
        @Nullable Long dueMinor,
        String currency,
        Map<String, String> metadata,
        List<String> paymentIntentIds,
        Map<String, Long> shares,
        List<InvoiceLine> lines,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned {
    public InvoiceSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        metadata = Map.copyOf(metadata);
        shares = Map.copyOf(shares);
        paymentIntentIds = List.copyOf(paymentIntentIds);
        lines = List.copyOf(lines);
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    public boolean isPaid() {
        return status.equals("paid");
    }

    /** Whether it was asked for before it was paid, as far as this sight of it tells. */
    public boolean isOpened() {
        return status.equals("open") || status.equals("void") || isWrittenOff();
    }

    /** Whether it was given up. It may still be paid. */
    public boolean isWrittenOff() {
        return status.equals("uncollectible");
    }

    /** Whether nothing is owed for it any more. */
    public boolean isClosed() {
        return isPaid() || status.equals("void");
    }
}
