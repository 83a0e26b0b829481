package dev.quittance.contracts.billing;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A reversal does not stand any more: a refund failed, a dispute was won. What it took is to be given back.
 *
 * @param anchor the purchase's anchor, as PaymentSettled has it
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param reversalId the one that PaymentReversed named
 * @param paid what was paid for the purchase
 * @param restored what comes back
 * @param reversedInAll what the reversals that still stand take together
 * @param revision as in {@link PaymentReversed}, and counted with it
 */
public record ReversalUndone(
        String anchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        String reversalId,
        Money paid,
        Money restored,
        Money reversedInAll,
        long revision,
        Instant occurredAt)
        implements BillingEvent {
    public ReversalUndone {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(reversalId, "reversalId is null");
        Objects.requireNonNull(paid, "paid is null");
        Objects.requireNonNull(restored, "restored is null");
        Objects.requireNonNull(reversedInAll, "reversedInAll is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
