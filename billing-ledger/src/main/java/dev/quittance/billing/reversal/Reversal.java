package dev.quittance.billing.reversal;

import java.time.Instant;
import java.util.List;

/**
 * What is to be told and booked of a purchase now.
 *
 * @param reversedMinor what all reversals that stand take together
 * @param revision the last one that was counted
 */
record Reversal(
        List<Change> changes,
        List<HoldChange> holds,
        long reversedMinor,
        long pointsTaken,
        long creditsTaken,
        long revision) {
    Reversal {
        changes = List.copyOf(changes);
        holds = List.copyOf(holds);
    }

    boolean isNothing() {
        return changes.isEmpty() && holds.isEmpty();
    }

    /**
     * One reversal takes more, or less, than it did.
     *
     * @param amountMinor what it takes now
     * @param difference above zero: taken; below: given back
     */
    record Change(
            String reversalId,
            String cause,
            long amountMinor,
            long difference,
            long reversedInAll,
            long revision,
            Instant at) {}

    /** Something holds the purchase, or does not any more. */
    record HoldChange(String holdId, String reason, boolean released, Instant at) {}
}
