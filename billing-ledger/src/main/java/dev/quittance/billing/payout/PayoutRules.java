package dev.quittance.billing.payout;

import dev.quittance.billing.fact.PayoutSeen;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.ArrayList;
import java.util.List;

/**
 * What a payout books: its amount when it is paid, and the exact mirror when it failed. A failed one books both, whether or
 * not it was seen paid, so that the order of its events makes no difference.
 */
public final class PayoutRules {
    private PayoutRules() {}

    public static List<Posting> postings(PayoutSeen payout, Cause cause) {
        List<Posting> postings = new ArrayList<>(2);
        boolean failed = payout.status().equals("failed");
        if (payout.amountMinor() == 0 || !(failed || payout.status().equals("paid"))) {
            return postings;
        }
        String id = payout.account().isEmpty() ? payout.id() : payout.account() + "/" + payout.id();
        LedgerAccount bank = LedgerAccount.bank(payout.currency());
        LedgerAccount clearing = LedgerAccount.stripeClearing(payout.currency());
        boolean leaves = payout.amountMinor() > 0;
        LedgerAccount to = leaves ? bank : clearing;
        LedgerAccount from = leaves ? clearing : bank;
        long amount = Math.abs(payout.amountMinor());
        postings.add(Posting.of("payout:" + id, "payout", cause, payout.createdAt(), to, from, amount));
        if (failed) {
            postings.add(Posting.of(
                    "payout_reversal:" + id, "payout_reversal", cause, payout.createdAt(), from, to, amount));
        }
        return postings;
    }
}
