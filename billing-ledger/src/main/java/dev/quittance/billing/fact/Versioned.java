package dev.quittance.billing.fact;

/** A sight of one of Stripe's objects. */
public sealed interface Versioned permits IntentSeen, ChargeSeen, SessionSeen, ProductSeen, PriceSeen {
    String account();

    String id();

    Version version();
}
