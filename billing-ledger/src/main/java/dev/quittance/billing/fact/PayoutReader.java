package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;

/** Reads payouts. */
final class PayoutReader {
    private PayoutReader() {}

    static StripeFact payout(StripeEvent event) {
        StripeObject payout = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(payout.id());
        String status = needs.text(payout.text("status"), "STATUS");
        long amount = needs.signedAmount(payout.integer("amount"), "AMOUNT");
        String currency = needs.currency(payout.currency("currency"));
        Instant createdAt = needs.objectTime();
        boolean reconciled = event.type().equals("payout.reconciliation_completed")
                || payout.text("reconciliation_status").orElse("").equals("completed");
        Version version = needs.version(rank(status), 0);
        return needs.factOrUnusable(() -> new PayoutSeen(
                event.account(),
                id,
                status,
                amount,
                currency,
                payout.flag("automatic").orElse(true),
                reconciled,
                payout.id("balance_transaction").orNull(),
                payout.text("failure_code").orNull(),
                payout.time("arrival_date").orNull(),
                createdAt,
                version));
    }

    /** A payout that was paid may still fail, days later. */
    private static int rank(String status) {
        return switch (status) {
            case "failed", "canceled" -> 3;
            case "paid" -> 2;
            case "in_transit" -> 1;
            default -> 0;
        };
    }
}
