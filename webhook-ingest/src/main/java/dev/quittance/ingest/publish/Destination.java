package dev.quittance.ingest.publish;

import dev.quittance.contracts.stripe.StripeEnvelope;

/** Where a verified event goes. */
public enum Destination {
    EVENTS,
    SET_ASIDE;

    /** What does not say this environment's livemode has no effect here. */
    public static Destination of(StripeEnvelope envelope, boolean livemode) {
        return envelope.livemode() != null && envelope.livemode() == livemode ? EVENTS : SET_ASIDE;
    }
}
