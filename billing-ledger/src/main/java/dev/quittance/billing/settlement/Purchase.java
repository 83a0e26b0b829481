package dev.quittance.billing.settlement;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of what a checkout session sold, when it is asked whether it can be settled.
 *
 * @param buyer null while provisioning has not told
 * @param subtotalMinor before discounts and taxes, null when the payload does not say
 * @param pointsOffer the package that its metadata names, null when there is none of that name
 * @param creditsOffer the credit plan that its metadata names, likewise
 * @param decision what a person decided where it was held: {@code released} or {@code refused}, null while nobody did
 * @param paidOtherwise whether the order that it was opened for is paid by something else, so that it buys nothing
 * @param linesSource as stored: none, embedded, looked_up or gone
 */
record Purchase(
        String account,
        String sessionId,
        String mode,
        String status,
        String paymentStatus,
        @Nullable String paymentIntentId,
        @Nullable String invoiceId,
        @Nullable Money amount,
        @Nullable Long subtotalMinor,
        @Nullable Offer pointsOffer,
        @Nullable Offer creditsOffer,
        Map<String, String> metadata,
        String linesSource,
        List<Line> lines,
        @Nullable Buyer buyer,
        boolean paymentSeen,
        boolean settled,
        boolean paidOtherwise,
        @Nullable String decision,
        Instant occurredAt) {
    Purchase {
        metadata = Map.copyOf(metadata);
        lines = List.copyOf(lines);
    }

    /** Whose it is. */
    record Buyer(UUID userId, String accountNumber) {}

    /**
     * @param price its metadata, null when not known
     * @param product likewise
     */
    record Line(
            long quantity,
            @Nullable Map<String, String> price,
            @Nullable Map<String, String> product) {}

    /** Whether it is settled at what was paid, whatever it should have cost. */
    boolean isReleased() {
        return "released".equals(decision);
    }

    /** Whether the money goes back, and nothing is given for it. */
    boolean isRefused() {
        return "refused".equals(decision);
    }

    /** What every effect of the purchase is keyed by. */
    String anchor() {
        if (invoiceId != null) {
            return invoiceId;
        }
        return paymentIntentId != null ? paymentIntentId : sessionId;
    }
}
