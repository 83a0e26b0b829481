package dev.quittance.billing.fact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refund, or a payment that the customer's bank called back, which is a refund that nobody asked for.
 *
 * @param chargeId null in payloads that name the intent alone
 * @param reason Stripe's own word, or {@link #RETURNED}
 */
public record RefundSeen(
        String account,
        String id,
        @Nullable String chargeId,
        @Nullable String paymentIntentId,
        String status,
        long amountMinor,
        String currency,
        @Nullable String reason,
        @Nullable String failureReason,
        @Nullable String balanceTransactionId,
        Instant createdAt,
        Version version)
        implements StripeFact, Versioned, PaymentConcern {
    /** The reason of what the bank called back; such a row has the charge's id. */
    public static final String RETURNED = "payment_returned";

    public RefundSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(status, "status is null");
        Objects.requireNonNull(currency, "currency is null");
        Objects.requireNonNull(createdAt, "createdAt is null");
        Objects.requireNonNull(version, "version is null");
    }

    /** This refund as its charge knows it. */
    RefundSeen of(@Nullable String charge, @Nullable String intent) {
        return new RefundSeen(
                account,
                id,
                charge,
                intent,
                status,
                amountMinor,
                currency,
                reason,
                failureReason,
                balanceTransactionId,
                createdAt,
                version);
    }

    /** Whether the money stayed with us, or came back. */
    public boolean isOff() {
        return status.equals("failed") || status.equals("canceled");
    }
}
