package dev.quittance.billing.fact;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That a payment paid an invoice. It concerns the payment: what befell it befell the invoice.
 *
 * @param amountMinor how much it paid of it; null when the payload does not say
 */
public record InvoicePaymentSeen(
        String account,
        String invoiceId,
        String paymentIntentId,
        @Nullable Long amountMinor) implements StripeFact, PaymentConcern {
    public InvoicePaymentSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(invoiceId, "invoiceId is null");
        Objects.requireNonNull(paymentIntentId, "paymentIntentId is null");
    }

    @Override
    public @Nullable String chargeId() {
        return null;
    }
}
