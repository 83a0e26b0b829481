package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of an invoice.
 *
 * @param amountMinor below zero: a credit for what was not used
 * @param unitAmountMinor the price of one, null when the payload does not say
 * @param proration whether it is for a part of a period
 * @param periodEnd the end of what it pays for, null when the payload does not say
 * @param priceMetadata null when it is not known, empty when there is none
 * @param productMetadata likewise
 */
public record InvoiceLine(
        String id,
        @Nullable String priceId,
        @Nullable String productId,
        long quantity,
        long amountMinor,
        @Nullable Long unitAmountMinor,
        boolean proration,
        @Nullable Instant periodEnd,
        @Nullable Map<String, String> priceMetadata,
        @Nullable Map<String, String> productMetadata) {
    public InvoiceLine {
        Objects.requireNonNull(id, "id is null");
        priceMetadata = priceMetadata == null ? null : Map.copyOf(priceMetadata);
        productMetadata = productMetadata == null ? null : Map.copyOf(productMetadata);
    }
}
