package dev.quittance.billing.sales;

import dev.quittance.billing.fact.BillingFact;
import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.fact.SessionSeen;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an event is counted as. Each event is told once; what a parked one comes to is counted where it comes to it. */
final class SalesRules {
    static final String SUCCEEDED = "succeeded";
    static final String OTHER = "other";
    static final String ABANDONED = "abandoned";
    static final String FAILED = "failed";
    static final String PAID = "paid";

    /** Stripe's codes that say what somebody could do about it; a new one is {@link #OTHER} until it is listed. */
    static final Set<String> REASONS = Set.of(
            "account_closed",
            "authentication_required",
            "bank_account_declined",
            "card_declined",
            "debit_not_authorized",
            "expired_card",
            "incorrect_cvc",
            "incorrect_number",
            "insufficient_funds",
            "no_account",
            "payment_intent_authentication_failure",
            "payment_method_customer_decline",
            "payment_method_not_available",
            "payment_method_provider_decline",
            "payment_method_provider_timeout",
            "processing_error",
            "refer_to_customer");

    private SalesRules() {}

    /**
     * How a payment ended.
     *
     * @param result {@link #SUCCEEDED}, or why it failed
     */
    record Charge(String result, PaidWith paidWith) {
        boolean isPaid() {
            return result.equals(SUCCEEDED);
        }
    }

    /** Empty for what tells of no end. Money that the bank called back later is no payment that failed. */
    static Optional<Charge> charge(String type, BillingFact fact) {
        if (!(fact instanceof ChargeSeen charge)) {
            return Optional.empty();
        }
        PaidWith paidWith = PaidWith.of(charge.methodType());
        return switch (type) {
            case "charge.succeeded" -> Optional.of(new Charge(SUCCEEDED, paidWith));
            case "charge.failed" ->
                charge.refunds().isEmpty()
                        ? Optional.of(new Charge(reason(charge.failureCode()), paidWith))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How a checkout ended. One-time payments are counted as paid when they are settled, which a session itself is not. */
    static Optional<String> checkout(String type, BillingFact fact) {
        if (!(fact instanceof SessionSeen session)) {
            return Optional.empty();
        }
        return switch (type) {
            case "checkout.session.completed" ->
                session.mode().equals("subscription") ? Optional.of(PAID) : Optional.empty();
            case "checkout.session.expired" -> Optional.of(ABANDONED);
            case "checkout.session.async_payment_failed" -> Optional.of(FAILED);
            default -> Optional.empty();
        };
    }

    private static String reason(@Nullable String code) {
        return code != null && REASONS.contains(code) ? code : OTHER;
    }
}
