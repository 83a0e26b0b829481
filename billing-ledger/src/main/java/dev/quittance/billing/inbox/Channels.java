package dev.quittance.billing.inbox;

/** Every door of this service by name. */
final class Channels {
    static final String STRIPE_EVENTS = "stripe-events";
    static final String PROVISIONING_EVENTS = "provisioning-events";

    private Channels() {}
}
