package dev.quittance.contracts.billing;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A settled purchase is in doubt: what it bought and is not used yet is frozen until HoldReleased.
 *
 * @param anchor the purchase's anchor, as PaymentSettled has it
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param holdId what put it in doubt: the dispute's, the warning's or the review's id
 * @param reason a stable code: {@code dispute}, {@code early_fraud_warning} or {@code review}
 */
public record PaymentHeld(
        String anchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        String holdId,
        String reason,
        Instant occurredAt)
        implements BillingEvent {
    public PaymentHeld {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(holdId, "holdId is null");
        Objects.requireNonNull(reason, "reason is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
