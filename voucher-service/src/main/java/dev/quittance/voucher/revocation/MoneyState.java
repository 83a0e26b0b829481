package dev.quittance.voucher.revocation;

import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.ReversalUndone;
import java.time.Instant;

/** How the money of a purchase stands; of several, the one with the greatest revision counts, in whatever order they come. */
public record MoneyState(
        String anchor,
        long revision,
        String reversalId,
        long paidMinor,
        long reversedMinor,
        String currency,
        Instant toldAt) {
    public static MoneyState of(PaymentReversed event) {
        return new MoneyState(
                event.anchor(),
                event.revision(),
                event.reversalId(),
                event.paid().amountMinor(),
                event.reversedInAll().amountMinor(),
                event.paid().currency(),
                event.occurredAt());
    }

    public static MoneyState of(ReversalUndone event) {
        return new MoneyState(
                event.anchor(),
                event.revision(),
                event.reversalId(),
                event.paid().amountMinor(),
                event.reversedInAll().amountMinor(),
                event.paid().currency(),
                event.occurredAt());
    }
}
