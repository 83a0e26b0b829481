package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what befalls payments: refunds, disputes, early fraud warnings and reviews. */
final class ConcernReader {
    private static final List<String> OPEN_DISPUTE =
            List.of("warning_needs_response", "warning_under_review", "needs_response", "under_review");

    private ConcernReader() {}

    static StripeFact refund(StripeEvent event) {
        return refund(event, event.object());
    }

    /** One that stands in another object, as charges of old carry theirs. */
    static StripeFact refund(StripeEvent event, StripeObject refund) {
        Needs needs = new Needs(event, refund);
        String id = needs.id(refund.id());
        // Refunds of before they had a status had succeeded.
        String status = refund.text("status").orElse("succeeded");
        long amount = needs.amount(refund.integer("amount"), "AMOUNT");
        String currency = needs.currency(refund.currency("currency"));
        Instant createdAt = needs.objectTime();
        Version version = needs.version(refundRank(status), 0);
        return needs.factOrUnusable(() -> new RefundSeen(
                event.account(),
                id,
                refund.id("charge").orNull(),
                refund.id("payment_intent", "charge.payment_intent").orNull(),
                status,
                amount,
                currency,
                refund.text("reason").orNull(),
                refund.text("failure_reason").orNull(),
                refund.id("balance_transaction").orNull(),
                createdAt,
                version));
    }

    static StripeFact dispute(StripeEvent event) {
        StripeObject dispute = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(dispute.id());
        String status = needs.text(dispute.text("status"), "STATUS");
        long amount = needs.amount(dispute.integer("amount"), "AMOUNT");
        String currency = needs.currency(dispute.currency("currency"));
        Instant createdAt = needs.objectTime();
        List<Movement> movements = movements(event.account(), dispute, id, needs);
        Version version = needs.version(disputeRank(status), OPEN_DISPUTE.indexOf(status));
        return needs.factOrUnusable(() -> new DisputeSeen(
                event.account(),
                id,
                dispute.id("charge").orNull(),
                dispute.id("payment_intent", "charge.payment_intent").orNull(),
                status,
                dispute.text("reason").orNull(),
                amount,
                currency,
                dispute.flag("is_charge_refundable").orElse(false),
                event.type().equals("charge.dispute.funds_withdrawn"),
                event.type().equals("charge.dispute.funds_reinstated"),
                dispute.time("evidence_details.due_by").orNull(),
                movements,
                createdAt,
                version));
    }

    static StripeFact warning(StripeEvent event) {
        StripeObject warning = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(warning.id());
        boolean actionable = warning.flag("actionable").orElse(true);
        Instant createdAt = needs.objectTime();
        Version version = needs.version(actionable ? 0 : 1, 0);
        return needs.factOrUnusable(() -> new WarningSeen(
                event.account(),
                id,
                warning.id("charge").orNull(),
                warning.id("payment_intent", "charge.payment_intent").orNull(),
                warning.text("fraud_type").orNull(),
                actionable,
                createdAt,
                version));
    }

    static StripeFact review(StripeEvent event) {
        StripeObject review = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(review.id());
        boolean open = review.flag("open").orElse(!event.type().equals("review.closed"));
        Instant createdAt = needs.objectTime();
        Version version = needs.version(open ? 0 : 1, 0);
        return needs.factOrUnusable(() -> new ReviewSeen(
                event.account(),
                id,
                review.id("charge").orNull(),
                review.id("payment_intent", "charge.payment_intent").orNull(),
                open,
                review.text("reason", "opened_reason").orNull(),
                createdAt,
                version));
    }

    /** Those that stand there whole; ids alone are looked up. */
    private static List<Movement> movements(String account, StripeObject dispute, String id, Needs needs) {
        List<Movement> movements = new ArrayList<>();
        for (StripeObject transaction : dispute.list("balance_transactions")) {
            String transactionId = transaction.id().orNull();
            if (transactionId == null || !transaction.integer("amount").isPresent()) {
                continue;
            }
            long amount = needs.signedAmount(transaction.integer("amount"), "MOVEMENT_AMOUNT");
            long fee = needs.signedAmount(transaction.integer("fee"), "MOVEMENT_FEE");
            String currency = needs.currency(transaction.currency("currency"));
            movements.add(new Movement(
                    account,
                    transactionId,
                    "dispute",
                    id,
                    amount,
                    fee,
                    currency,
                    transaction.time("created").orElse(Instant.EPOCH)));
        }
        return movements;
    }

    private static int refundRank(String status) {
        return switch (status) {
            case "failed", "canceled" -> 2;
            case "succeeded" -> 1;
            default -> 0;
        };
    }

    /** An inquiry that was closed may still become a dispute. */
    private static int disputeRank(String status) {
        if (OPEN_DISPUTE.contains(status)) {
            return 0;
        }
        return status.equals("warning_closed") ? 1 : 2;
    }
}
