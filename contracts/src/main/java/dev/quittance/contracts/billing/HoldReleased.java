package dev.quittance.contracts.billing;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A purchase is not in doubt any more for one reason. May come before its PaymentHeld, which then has no effect.
 *
 * @param anchor the purchase's anchor, as PaymentSettled has it
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param holdId the one that PaymentHeld named
 * @param reason a stable code, as in {@link PaymentHeld}
 */
public record HoldReleased(
        String anchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        String holdId,
        String reason,
        Instant occurredAt)
        implements BillingEvent {
    public HoldReleased {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(holdId, "holdId is null");
        Objects.requireNonNull(reason, "reason is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
