package dev.quittance.billing.overpayment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A purchase that was paid for more than once, with all of its payments.
 *
 * @param excessMinor what was paid beyond what was due
 */
record Overpaid(String anchor, String account, long excessMinor, List<Payment> payments) {
    Overpaid {
        requireNonNull(anchor, "anchor is null");
        requireNonNull(account, "account is null");
        payments = List.copyOf(payments);
    }

    /**
     * One of its payments.
     *
     * @param paidMinor how much of the purchase it paid
     * @param at when the money came, by Stripe's clock
     * @param askedMinor how much of it we asked Stripe to give back, whatever came of that
     * @param returnedMinor how much of it went back otherwise
     */
    record Payment(String intentId, long paidMinor, Instant at, long askedMinor, long returnedMinor) {
        Payment {
            requireNonNull(intentId, "intentId is null");
            requireNonNull(at, "at is null");
        }

        long leftMinor() {
            return Math.max(0, paidMinor - askedMinor - returnedMinor);
        }
    }
}
