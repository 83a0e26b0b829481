package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of a subscription that was paid, or that a payment failed of.
 *
 * @param at when
 * @param lines those of the subscription
 * @param hasMoreLines whether the event shows the first lines only
 */
public record InvoiceFact(
        String stripeAccount,
        String invoiceId,
        SubscriptionKey subscription,
        boolean isPaid,
        Instant at,
        List<Line> lines,
        boolean hasMoreLines) {
    public InvoiceFact {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(invoiceId, "invoiceId is null");
        requireNonNull(subscription, "subscription is null");
        requireNonNull(at, "at is null");
        lines = List.copyOf(lines);
    }

    public InvoiceKey key() {
        return new InvoiceKey(stripeAccount, invoiceId);
    }

    /** With all of its lines. */
    public InvoiceFact whole(List<Line> all) {
        return new InvoiceFact(stripeAccount, invoiceId, subscription, isPaid, at, all, false);
    }

    /**
     * @param amount in minor units; negative when it credits
     * @param isProration whether it corrects a period that had begun
     * @param isExtra whether it is something else that was put on the same invoice
     */
    public record Line(
            String lineId, @Nullable Long amount, boolean isProration, boolean isExtra, Instant start, Instant end) {
        public Line {
            requireNonNull(lineId, "lineId is null");
            requireNonNull(start, "start is null");
            requireNonNull(end, "end is null");
        }
    }
}
