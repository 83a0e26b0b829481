package dev.quittance.billing.refunding;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for.
 *
 * @param chargeId null where the payment intent is given
 * @param amountMinor null for all that is left
 */
record RefundRequest(
        String idempotencyKey,
        String stripeAccount,
        @Nullable String chargeId,
        @Nullable String paymentIntentId,
        @Nullable Long amountMinor,
        @Nullable String reason) {
    RefundRequest {
        Objects.requireNonNull(idempotencyKey, "idempotencyKey is null");
        Objects.requireNonNull(stripeAccount, "stripeAccount is null");
        if ((chargeId == null) == (paymentIntentId == null)) {
            throw new IllegalArgumentException("not of one payment");
        }
    }

    /** What Stripe knows the request by: the same however often it is asked. */
    String stripeKey() {
        UUID id = UUID.nameUUIDFromBytes(("refund:" + idempotencyKey).getBytes(StandardCharsets.UTF_8));
        return "quittance-refund-" + id;
    }
}
