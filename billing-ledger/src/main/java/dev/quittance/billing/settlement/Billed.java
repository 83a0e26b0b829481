package dev.quittance.billing.settlement;

import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an invoice, when it is asked whether it can be settled.
 *
 * @param periodEnd the end of the period that its lines pay for, without those of parts of a period
 * @param paid what was paid of it, which may be nothing
 * @param linesKnown whether its lines are here
 * @param asked whether Stripe was asked for them and has answered
 */
record Billed(
        String account,
        String invoiceId,
        String status,
        @Nullable String billingReason,
        @Nullable String customerId,
        @Nullable String subscriptionId,
        @Nullable Instant periodEnd,
        long totalMinor,
        Money paid,
        Map<String, String> metadata,
        boolean linesKnown,
        boolean asked,
        List<Line> lines,
        @Nullable Buyer buyer,
        boolean settled,
        Instant occurredAt) {
    Billed {
        metadata = Map.copyOf(metadata);
        lines = List.copyOf(lines);
    }

    /**
     * @param unitAmount the price of one, null when nothing says
     * @param price its metadata, null when not known
     * @param product likewise
     */
    record Line(
            long quantity,
            long amount,
            @Nullable Long unitAmount,
            boolean proration,
            @Nullable Map<String, String> price,
            @Nullable Map<String, String> product) {}
}
