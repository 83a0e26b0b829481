package dev.quittance.voucher.issue;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What vouchers are made for: a purchase, or a period of a subscription.
 *
 * @param anchor with the unit what makes each voucher the only one; a period's own, whoever tells of the period first
 * @param paidAnchor the purchase that paid for a period, once that is known
 */
public record Sale(
        String anchor,
        @Nullable String paidAnchor,
        UUID userId,
        String accountNumber,
        String stripeAccount,
        @Nullable String paymentIntentId,
        @Nullable String subscriptionId,
        List<VoucherTerm> vouchers) {
    public Sale {
        vouchers = List.copyOf(vouchers);
    }

    /** A settled purchase; of a subscription's invoice it is the period that is sold. */
    public static Sale of(PaymentSettled purchase) {
        @Nullable String subscription = purchase.subscriptionId();
        @Nullable Instant periodEnd = purchase.periodEnd();
        @Nullable String period = subscription == null || periodEnd == null ? null : period(subscription, periodEnd);
        return new Sale(
                period == null ? purchase.anchor() : period,
                period == null ? null : purchase.anchor(),
                purchase.userId(),
                purchase.accountNumber(),
                purchase.stripeAccount(),
                purchase.paymentIntentId(),
                period == null ? null : subscription,
                purchase.vouchers());
    }

    /** A subscription's period that ends at this moment. */
    public static Sale of(SubscriptionChanged subscription, Instant periodEnd) {
        return new Sale(
                period(subscription.subscriptionId(), periodEnd),
                null,
                subscription.userId(),
                subscription.accountNumber(),
                subscription.stripeAccount(),
                null,
                subscription.subscriptionId(),
                subscription.vouchers());
    }

    String origin() {
        return subscriptionId == null ? "purchase" : "subscription";
    }

    private static String period(String subscription, Instant end) {
        return "subscription:" + subscription + ":" + end.truncatedTo(ChronoUnit.SECONDS);
    }
}
