package dev.quittance.voucher.config;

/** Every Kafka door of this service by its name. */
public final class Channels {
    public static final String BILLING_EVENTS = "billing-events";
    public static final String PROVISIONING_EVENTS = "provisioning-events";

    private Channels() {}
}
