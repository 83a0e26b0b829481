package dev.quittance.billing.overpayment;

import dev.quittance.billing.overpayment.Overpaid.Payment;
import dev.quittance.billing.refunding.OwedRefundStore.Owed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which payments are given back, and how much of each: the latest first, so that the first keeps what it bought. A payment's share
 * only grows as more payments become known, so the same goes back in whatever order they do. What was asked for once is not asked
 * for again, also where Stripe refused it: that is for a person.
 */
final class OverpaymentRules {
    private static final Comparator<Payment> LATEST_FIRST =
            Comparator.comparing(Payment::at).thenComparing(Payment::intentId).reversed();

    private OverpaymentRules() {}

    static List<Owed> decide(Overpaid overpaid) {
        long open = overpaid.excessMinor()
                - overpaid.payments().stream()
                        .mapToLong(payment -> payment.askedMinor() + payment.returnedMinor())
                        .sum();
        List<Owed> owed = new ArrayList<>();
        for (Payment payment : overpaid.payments().stream().sorted(LATEST_FIRST).toList()) {
            long back = Math.min(open, payment.leftMinor());
            if (back > 0) {
                owed.add(owed(overpaid, payment, back));
                open -= back;
            }
        }
        return owed;
    }

    /** The sum that the payment's refunds then have is in the key: the next of it is another. */
    private static Owed owed(Overpaid overpaid, Payment payment, long back) {
        String key = OverpaymentStore.KEY + overpaid.anchor() + ":" + payment.intentId() + ":"
                + (payment.askedMinor() + back);
        return new Owed(key, overpaid.account(), payment.intentId(), back);
    }
}
