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
 * @param metadata its own, and what of its subscription's it does not name
 * @param paymentIntentIds the payments that the payload names
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
        String currency,
        Map<String, String> metadata,
        List<String> paymentIntentIds,
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
        paymentIntentIds = List.copyOf(paymentIntentIds);
        lines = List.copyOf(lines);
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    public boolean isPaid() {
        return status.equals("paid");
    }
}
