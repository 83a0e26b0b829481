package dev.quittance.contracts.billing;

import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Money of a settled purchase went back, or was taken back: what it bought is to be taken back in proportion.
 *
 * @param anchor the purchase's anchor, as PaymentSettled has it
 * @param stripeAccount the connected account, or empty for the platform's own
 * @param reversalId what went back: the refund's id, the dispute's, the credit note's or the invoice's
 * @param cause a stable code: {@code refund}, {@code dispute}, {@code credit_note}, {@code void} or {@code uncollectible}
 * @param paid what was paid for the purchase
 * @param reversed what this reversal takes
 * @param reversedInAll what all reversals that stand take together, never more than was paid
 * @param revision counts what happens to the anchor's money, from 1: the event with the greatest one says how things stand, whatever order they come in
 */
public record PaymentReversed(
        String anchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        String reversalId,
        String cause,
        Money paid,
        Money reversed,
        Money reversedInAll,
        long revision,
        Instant occurredAt)
        implements BillingEvent {
    public PaymentReversed {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(reversalId, "reversalId is null");
        Objects.requireNonNull(cause, "cause is null");
        Objects.requireNonNull(paid, "paid is null");
        Objects.requireNonNull(reversed, "reversed is null");
        Objects.requireNonNull(reversedInAll, "reversedInAll is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
    }
}
