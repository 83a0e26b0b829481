package dev.quittance.billing.dispute;

import dev.quittance.billing.fact.Movement;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.EntryLine;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dispute books: each of its movements once, in the movement's own currency, and what was held as a loss when it is
 * lost. Made of the movements alone, so that inquiries, partial disputes and several on one charge need no rule of their own.
 */
public final class DisputeRules {
    private DisputeRules() {}

    public static List<Posting> postings(DisputeState dispute, Cause cause) {
        List<Posting> postings = new ArrayList<>();
        for (Movement movement : dispute.movements()) {
            List<EntryLine> lines = lines(movement);
            if (!lines.isEmpty()) {
                postings.add(new Posting(
                        key(dispute, movement.amountMinor() < 0 ? "withdrawn" : "reinstated", movement),
                        movement.amountMinor() < 0 ? "dispute_withdrawn" : "dispute_reinstated",
                        cause,
                        movement.createdAt(),
                        lines));
            }
            if (dispute.status().equals("lost") && movement.amountMinor() != 0) {
                postings.add(loss(dispute, movement, cause));
            }
        }
        return postings;
    }

    /** The held money and Stripe's fee for the dispute, which comes back with it or does not. */
    private static List<EntryLine> lines(Movement movement) {
        LedgerAccount clearing = LedgerAccount.stripeClearing(movement.currency());
        List<EntryLine> lines = new ArrayList<>(4);
        move(lines, LedgerAccount.disputeHold(movement.currency()), clearing, -movement.amountMinor());
        move(lines, LedgerAccount.stripeFees(movement.currency()), clearing, movement.feeMinor());
        return lines;
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

    /** Money that comes back after the loss reduces it. */
    private static Posting loss(DisputeState dispute, Movement movement, Cause cause) {
        LedgerAccount loss = LedgerAccount.disputeLoss(movement.currency());
        LedgerAccount hold = LedgerAccount.disputeHold(movement.currency());
        boolean withdrawn = movement.amountMinor() < 0;
        return Posting.of(
                key(dispute, "lost", movement),
                "dispute_lost",
                cause,
                movement.createdAt(),
                withdrawn ? loss : hold,
                withdrawn ? hold : loss,
                Math.abs(movement.amountMinor()));
    }

    private static String key(DisputeState dispute, String what, Movement movement) {
        String id = dispute.account().isEmpty() ? dispute.id() : dispute.account() + "/" + dispute.id();
        return "dispute:" + id + ":" + what + ":" + movement.id();
    }
}
