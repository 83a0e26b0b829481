package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.CustomerKey;

/** What Stripe says of a subscription. */
public record SubscriptionFact(SubscriptionKey key, CustomerKey customer, Snapshot snapshot) {
    public SubscriptionFact {
        requireNonNull(key, "key is null");
        requireNonNull(customer, "customer is null");
        requireNonNull(snapshot, "snapshot is null");
    }
}
