package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

/** An invoice of one Stripe account. */
public record InvoiceKey(String stripeAccount, String invoiceId) {
    public InvoiceKey {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(invoiceId, "invoiceId is null");
    }

    /** What its event waits for when it shows the first lines only. */
    public String linesSubject() {
        return "lines:" + stripeAccount + "/" + invoiceId;
    }
}
