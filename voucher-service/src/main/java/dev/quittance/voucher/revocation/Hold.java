package dev.quittance.voucher.revocation;

import dev.quittance.contracts.billing.HoldReleased;
import dev.quittance.contracts.billing.PaymentHeld;
import java.time.Instant;

/** One reason to doubt a purchase; once released it stays so, even when it is heard of only afterwards. */
public record Hold(String anchor, String holdId, String reason, boolean isReleased, Instant toldAt) {
    public static Hold of(PaymentHeld event) {
        return new Hold(event.anchor(), event.holdId(), event.reason(), false, event.occurredAt());
    }

    public static Hold of(HoldReleased event) {
        return new Hold(event.anchor(), event.holdId(), event.reason(), true, event.occurredAt());
    }
}
