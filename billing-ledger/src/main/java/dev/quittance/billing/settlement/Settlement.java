package dev.quittance.billing.settlement;

import dev.quittance.contracts.billing.PaymentSettled;
import dev.quittance.contracts.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that is settled now.
 *
 * @param subscriptionId whose period it paid for, with the period's end; null for what is no period's
 * @param sessionId null for an invoice, whose payments are found by its links, and for a payment that no session made
 */
record Settlement(
        String anchor,
        String account,
        @Nullable String sessionId,
        @Nullable String paymentIntentId,
        UUID userId,
        String accountNumber,
        Money amount,
        Terms terms,
        Instant occurredAt,
        @Nullable String subscriptionId,
        @Nullable Instant periodEnd) {

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
                occurredAt,
                subscriptionId,
                periodEnd);
    }

    /** The same of a payment that no session made. */
    Settlement withoutSession() {
        return new Settlement(
                anchor,
                account,
                null,
                paymentIntentId,
                userId,
                accountNumber,
                amount,
                terms,
                occurredAt,
                subscriptionId,
                periodEnd);
    }

    String businessKey() {
        return "settled:" + anchor;
    }
}
