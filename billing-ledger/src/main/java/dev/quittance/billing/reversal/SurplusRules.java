package dev.quittance.billing.reversal;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.EntryLine;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.reversal.Standing.Claim;
import dev.quittance.billing.reversal.Standing.Surplus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Money that paid for a purchase a second time is nobody's revenue: it waits in suspense until it is given back. Booked as the
 * difference to what was booked before, so that neither the order of the payments and refunds nor their repetition matters.
 */
final class SurplusRules {
    private SurplusRules() {}

    /** How a purchase's surplus stands now. */
    record Change(
            String anchor, String currency, long excessMinor, long returnedMinor, long revision, Posting posting) {}

    /** Empty when nothing is new. */
    static Optional<Change> decide(Standing standing, Cause cause) {
        Surplus surplus = standing.surplus();
        long refunded =
                standing.refunds().stream().mapToLong(Claim::amountMinor).sum();
        long returned = Math.min(surplus.excessMinor(), refunded);
        long newExcess = surplus.excessMinor() - surplus.bookedMinor();
        long newReturned = returned - surplus.returnedMinor();
        if (newExcess == 0 && newReturned == 0) {
            return Optional.empty();
        }
        String currency = standing.paid().currency();
        long revision = surplus.revision() + 1;
        List<EntryLine> lines = new ArrayList<>(4);
        LedgerAccount suspense = LedgerAccount.suspense(currency);
        move(lines, LedgerAccount.revenue(currency), suspense, newExcess);
        move(lines, suspense, LedgerAccount.refunds(currency), newReturned);
        Posting posting = new Posting(
                "overpayment:" + standing.anchor() + ":" + revision, "overpayment", cause, surplus.at(), lines);
        return Optional.of(new Change(standing.anchor(), currency, surplus.excessMinor(), returned, revision, posting));
    }

    private static void move(List<EntryLine> lines, LedgerAccount debit, LedgerAccount credit, long amount) {
        if (amount > 0) {
            lines.add(EntryLine.debit(debit, amount));
            lines.add(EntryLine.credit(credit, amount));
        } else if (amount < 0) {
            lines.add(EntryLine.debit(credit, -amount));
            lines.add(EntryLine.credit(debit, -amount));
        }
    }
}
