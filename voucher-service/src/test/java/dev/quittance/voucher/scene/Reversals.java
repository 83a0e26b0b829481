package dev.quittance.voucher.scene;

import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.PaymentHeld;
import dev.quittance.contracts.billing.PaymentReversed;
import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.billing.ReversalUndone;
import dev.quittance.contracts.money.Money;
import java.time.Instant;

/** What billing says of a purchase afterwards. Of each purchase 900 are paid. */
public final class Reversals {
    private static final Instant OCCURRED_AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Money PAID = new Money(900, "EUR");

    private Reversals() {}

    public static PaymentReversed reversed(PaymentSettled purchase, long inAll, long revision) {
        return new PaymentReversed(
                purchase.anchor(),
                purchase.userId(),
                purchase.accountNumber(),
                "",
                "re_" + revision,
                "refund",
                PAID,
                new Money(inAll, "EUR"),
                new Money(inAll, "EUR"),
                revision,
                OCCURRED_AT);
    }

    public static ReversalUndone undone(PaymentSettled purchase, long inAll, long revision) {
        return new ReversalUndone(
                purchase.anchor(),
                purchase.userId(),
                purchase.accountNumber(),
                "",
                "re_" + (revision - 1),
                PAID,
                new Money(1, "EUR"),
                new Money(inAll, "EUR"),
                revision,
                OCCURRED_AT);
    }

    public static PaymentHeld held(PaymentSettled purchase, String holdId) {
        return new PaymentHeld(
                purchase.anchor(), purchase.userId(), purchase.accountNumber(), "", holdId, "dispute", OCCURRED_AT);
    }

    public static HoldReleased released(PaymentSettled purchase, String holdId) {
        return new HoldReleased(
                purchase.anchor(), purchase.userId(), purchase.accountNumber(), "", holdId, "dispute", OCCURRED_AT);
    }
}
