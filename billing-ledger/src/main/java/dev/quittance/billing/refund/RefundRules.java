package dev.quittance.billing.refund;

import dev.quittance.billing.fact.RefundSeen;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.List;

/**
 * What a refund books: its amount as soon as it is seen, and the exact mirror when it failed. A failed one that was never
 * seen before books both, so that the order of its events makes no difference.
 */
public final class RefundRules {
    private RefundRules() {}

    public static List<Posting> postings(RefundSeen refund, Cause cause) {
        if (refund.amountMinor() == 0) {
            return List.of();
        }
        String id = refund.account().isEmpty() ? refund.id() : refund.account() + "/" + refund.id();
        LedgerAccount refunds = LedgerAccount.refunds(refund.currency());
        LedgerAccount clearing = LedgerAccount.stripeClearing(refund.currency());
        Posting booked = Posting.of(
                "refund:" + id, "refund", cause, refund.createdAt(), refunds, clearing, refund.amountMinor());
        return refund.isOff()
                ? List.of(
                        booked,
                        Posting.of(
                                "refund_reversal:" + id,
                                "refund_reversal",
                                cause,
                                refund.createdAt(),
                                clearing,
                                refunds,
                                refund.amountMinor()))
                : List.of(booked);
    }
}
