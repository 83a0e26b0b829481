package dev.quittance.billing.inbox;

/** Every door of this service by name. */
public final class Channels {
    static final String STRIPE_EVENTS = "stripe-events";
    static final String VOUCHER_EVENTS = "voucher-events";
    static final String PROVISIONING_EVENTS = "provisioning-events";
    /** Our own news, for what is kept beside the books. */
    public static final String BILLING_EVENTS = "billing-events";

    private Channels() {}
}
