package dev.quittance.billing.settlement;

import dev.quittance.billing.settlement.Purchase.Buyer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a payment that names itself what it is for, when it is asked whether it can be settled.
 *
 * @param purchase it, as if a session had made it
 * @param customerId whose it is at Stripe, null for a guest's
 * @param named the user that its metadata names, as far as they bought before; null when it names none
 * @param owned whether a session or an invoice is known that made it
 * @param owner what Stripe answered: there is one, there is none, or null while it was not asked
 */
record Direct(
        Purchase purchase,
        @Nullable String customerId,
        @Nullable Buyer named,
        boolean owned,
        @Nullable Boolean owner) {
    Direct {
        Objects.requireNonNull(purchase, "purchase is null");
    }

    String intentId() {
        return Objects.requireNonNull(purchase.paymentIntentId());
    }
}
