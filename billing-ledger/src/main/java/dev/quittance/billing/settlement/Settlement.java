package dev.quittance.billing.settlement;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A purchase that is settled now. */
record Settlement(
        String anchor,
        String account,
        String sessionId,
        @Nullable String paymentIntentId,
        UUID userId,
        String accountNumber,
        Money amount,
        Terms terms,
        Instant occurredAt) {

    PaymentSettled event() {
        return new PaymentSettled(
                anchor,
                userId,
                accountNumber,
                account,
                sessionId,
                paymentIntentId,
                amount,
                terms.vouchers(),
                occurredAt);
    }

    String businessKey() {
        return "settled:" + anchor;
    }
}
