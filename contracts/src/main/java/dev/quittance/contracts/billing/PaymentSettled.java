package dev.quittance.contracts.billing;

import dev.quittance.contracts.money.Money;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase is paid and its customer known. Sent once per anchor.
 *
 * @param anchor what every effect of the purchase is keyed by: the invoice's id, else the payment intent's, else the session's
 * @param paymentIntentId null when there was nothing to pay
 * @param vouchers the term of each voucher that was bought, one element a voucher, as it was sold
 * @param subscriptionId the subscription whose period an invoice paid for, else null
 * @param periodEnd the end of that period; with subscriptionId, so that a period's vouchers are issued once whoever tells of it first
 */
public record PaymentSettled(
        String anchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        @Nullable String checkoutSessionId,
        @Nullable String paymentIntentId,
        Money amount,
        List<VoucherTerm> vouchers,
        Instant occurredAt,
        @Nullable String subscriptionId,
        @Nullable Instant periodEnd)
        implements BillingEvent {
    /** More vouchers than this in one purchase is a mistake in the catalogue; such a purchase is held, not settled. */
    public static final int VOUCHERS_MAX = 1_000;

    public PaymentSettled {
        Objects.requireNonNull(anchor, "anchor is null");
        Objects.requireNonNull(userId, "userId is null");
        Objects.requireNonNull(accountNumber, "accountNumber is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        Objects.requireNonNull(amount, "amount is null");
        Objects.requireNonNull(occurredAt, "occurredAt is null");
        vouchers = List.copyOf(vouchers);
        if (vouchers.size() > VOUCHERS_MAX) {
            throw new IllegalArgumentException("more than " + VOUCHERS_MAX + " vouchers");
        }
    }

    /** A purchase that is not a subscription's period. */
    public PaymentSettled(
            String anchor,
            UUID userId,
            String accountNumber,
            String stripeAccount,
            @Nullable String checkoutSessionId,
            @Nullable String paymentIntentId,
            Money amount,
            List<VoucherTerm> vouchers,
            Instant occurredAt) {
        this(
                anchor,
                userId,
                accountNumber,
                stripeAccount,
                checkoutSessionId,
                paymentIntentId,
                amount,
                vouchers,
                occurredAt,
                null,
                null);
    }
}
