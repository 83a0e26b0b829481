package dev.quittance.billing.lookup;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.checkout.SessionListParams;
import dev.quittance.billing.lookup.LookupStore.Question;
import java.util.List;

/**
 * Asks whether a payment is a session's or an invoice's, which then grant what it paid for: their events may still be on their
 * way. The answer is an object's absence, so only a list says it: no other failure is taken for one.
 */
final class IntentOwner {
    private static final int NOT_FOUND = 404;

    private final StripeClient client;
    private final Question question;
    private final RequestOptions options;

    IntentOwner(StripeClient client, Question question, RequestOptions options) {
        this.client = client;
        this.question = question;
        this.options = options;
    }

    /** Gone: nobody's but its own. */
    LookupAnswer ask() throws StripeException {
        try {
            return hasSession() || hasInvoice() ? new LookupAnswer.Objects(List.of()) : new LookupAnswer.Gone();
        } catch (StripeException failure) {
            Integer status = failure.getStatusCode();
            if (status != null && status == NOT_FOUND) {
                return new LookupAnswer.Failed("OWNER_NOT_TOLD");
            }
            throw failure;
        }
    }

    private boolean hasSession() throws StripeException {
        return !client.v1()
                .checkout()
                .sessions()
                .list(
                        SessionListParams.builder()
                                .setPaymentIntent(question.objectId())
                                .setLimit(1L)
                                .build(),
                        options)
                .getData()
                .isEmpty();
    }

    private boolean hasInvoice() throws StripeException {
        return !client.v1()
                .invoicePayments()
                .list(
                        InvoicePaymentListParams.builder()
                                .setPayment(InvoicePaymentListParams.Payment.builder()
                                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                                        .setPaymentIntent(question.objectId())
                                        .build())
                                .setLimit(1L)
                                .build(),
                        options)
                .getData()
                .isEmpty();
    }
}
