package dev.quittance.billing.fact;

import java.util.Objects;

/**
 * What Stripe kept of a payment.
 *
 * @param currency of the fee, which is the balance's and not always the charge's
 */
public record BalanceTransaction(String id, long feeMinor, String currency) {
    public BalanceTransaction {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(currency, "currency is null");
        if (feeMinor < 0) {
            throw new IllegalArgumentException("a fee below zero");
        }
    }
}
