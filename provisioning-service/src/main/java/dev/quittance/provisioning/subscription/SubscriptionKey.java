package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

/** A subscription of one Stripe account. */
public record SubscriptionKey(String stripeAccount, String id) {
    public SubscriptionKey {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(id, "id is null");
    }

    /** What an invoice waits for whose subscription was not heard of yet. */
    public String subject() {
        return "subscription:" + stripeAccount + "/" + id;
    }
}
