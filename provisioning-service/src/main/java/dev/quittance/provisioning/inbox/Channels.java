package dev.quittance.provisioning.inbox;

/** Every channel of this service, as application.properties configures it. */
final class Channels {
    static final String STRIPE_EVENTS = "stripe-events";
    static final String BILLING_EVENTS = "billing-events";
    static final String VOUCHER_EVENTS = "voucher-events";

    private Channels() {}
}
