package dev.quittance.billing.payment;

import dev.quittance.billing.fact.BalanceTransaction;
import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a charge books: its gross when the money moved, and Stripe's fee when that is known, each once. */
public final class PaymentRules {
    private PaymentRules() {}

    public static List<Posting> postings(ChargeSeen charge, Cause cause) {
        List<Posting> postings = new ArrayList<>(2);
        if (!charge.isPaid()) {
            return postings;
        }
        if (charge.grossMinor() > 0) {
            postings.add(Posting.of(
                    grossKey(charge),
                    "charge_gross",
                    cause,
                    charge.createdAt(),
                    LedgerAccount.stripeClearing(charge.currency()),
                    LedgerAccount.revenue(charge.currency()),
                    charge.grossMinor()));
        }
        BalanceTransaction transaction = charge.balanceTransaction();
        if (transaction != null) {
            fee(transaction, cause, charge.createdAt()).ifPresent(postings::add);
        }
        return postings;
    }

    /** Empty when Stripe took nothing. */
    public static Optional<Posting> fee(BalanceTransaction transaction, Cause cause, Instant occurredAt) {
        return transaction.feeMinor() == 0
                ? Optional.empty()
                : Optional.of(Posting.of(
                        "fee:" + transaction.id(),
                        "stripe_fee",
                        cause,
                        occurredAt,
                        LedgerAccount.stripeFees(transaction.currency()),
                        LedgerAccount.stripeClearing(transaction.currency()),
                        transaction.feeMinor()));
    }

    /** Whether Stripe must be asked what it kept. */
    public static boolean needsFeeLookup(ChargeSeen charge) {
        return charge.isPaid() && charge.balanceTransactionId() != null && charge.balanceTransaction() == null;
    }

    private static String grossKey(ChargeSeen charge) {
        String account = charge.account().isEmpty() ? "" : charge.account() + "/";
        return "charge:" + account + charge.id() + ":gross";
    }
}
