package dev.quittance.billing.lookup;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import dev.quittance.billing.lookup.LookupStore.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives back a small payment that is probably fraud, before it becomes a dispute that costs more than it. Asked for as often
 * as it takes: Stripe makes one refund of it, since every attempt has the same idempotency key.
 */
final class WarningRefund {
    private final StripeClient client;
    private final Question question;
    private final RequestOptions options;
    private final long refundMaxMinor;

    WarningRefund(StripeClient client, Question question, RequestOptions options, long refundMaxMinor) {
        this.client = client;
        this.question = question;
        this.options = options;
        this.refundMaxMinor = refundMaxMinor;
    }

    LookupAnswer ask() throws StripeException {
        Charge charge = client.v1().charges().retrieve(question.detail(), options);
        @Nullable Long amount = charge.getAmount();
        @Nullable Long refunded = charge.getAmountRefunded();
        if (amount == null
                || amount > refundMaxMinor
                || refunded == null
                || refunded > 0
                || Boolean.TRUE.equals(charge.getDisputed())) {
            return new LookupAnswer.Objects(List.of());
        }
        Refund refund = client.v1()
                .refunds()
                .create(
                        RefundCreateParams.builder()
                                .setCharge(question.detail())
                                .setReason(RefundCreateParams.Reason.FRAUDULENT)
                                .build(),
                        options.toBuilderFullCopy()
                                .setIdempotencyKey("early_fraud_warning:" + question.id())
                                .build());
        return new LookupAnswer.Objects(LookedUp.one(
                question, "refund.updated", refund.getLastResponse().body()));
    }
}
