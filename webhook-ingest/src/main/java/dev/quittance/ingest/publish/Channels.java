package dev.quittance.ingest.publish;

/** The doors to Kafka, as application.properties names them. */
final class Channels {
    static final String STRIPE_EVENTS = "stripe-events";
    static final String STRIPE_SET_ASIDE = "stripe-set-aside";

    private Channels() {}
}
