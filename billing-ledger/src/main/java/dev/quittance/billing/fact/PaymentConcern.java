package dev.quittance.billing.fact;

import org.jspecify.annotations.Nullable;

/** Something that befell a payment: it counts for the purchase that the payment settled, whenever that becomes known. */
public sealed interface PaymentConcern permits RefundSeen, DisputeSeen, WarningSeen, ReviewSeen, InvoicePaymentSeen {
    String account();

    @Nullable
    String chargeId();

    @Nullable
    String paymentIntentId();
}
