package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Stripe deleted the customer. That is for good: no later event of it changes that, and none before it is needed. */
public record CustomerDeletion(CustomerKey key, Instant at, String eventId) {
    public CustomerDeletion {
        requireNonNull(key, "key is null");
        requireNonNull(at, "at is null");
        requireNonNull(eventId, "eventId is null");
    }
}
