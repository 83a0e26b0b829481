package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A charge.
 *
 * @param balanceTransactionId null until Stripe has settled it
 * @param balanceTransaction when the payload carries it whole
 * @param methodType what it was paid with, as Stripe names the kind; of a card in a telephone the telephone's wallet
 * @param billingDetails JSON, of the fields that we keep
 * @param refunds those that stand in the payload, and the payment itself when the customer's bank called it back; empty
 *     unless the event tells of money that went back
 * @param refundsAreWhole false when the event tells of refunds that do not stand in it
 */
public record ChargeSeen(
        String account,
        String id,
        @Nullable String paymentIntentId,
        String status,
        boolean paid,
        boolean captured,
        long amountMinor,
        long amountCapturedMinor,
        long amountRefundedMinor,
        String currency,
        @Nullable String customerId,
        @Nullable String invoiceId,
        @Nullable String balanceTransactionId,
        @Nullable BalanceTransaction balanceTransaction,
        @Nullable String failureCode,
        @Nullable String methodType,
        @Nullable String receiptEmail,
        @Nullable String billingDetails,
        Instant createdAt,
        List<RefundSeen> refunds,
        boolean refundsAreWhole,
        Version version)
        implements StripeFact, Versioned {
    public ChargeSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        refunds = List.copyOf(refunds);
        Objects.requireNonNull(version, "version is null");
    }

    /** Whether the money moved; an authorisation alone moves none. */
    public boolean isPaid() {
        return paid && captured && status.equals("succeeded");
    }

    /** What moved: less than the amount when only a part was captured. */
    public long grossMinor() {
        return amountCapturedMinor > 0 ? amountCapturedMinor : amountMinor;
    }
}
