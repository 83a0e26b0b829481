package dev.quittance.billing.fact;

/** What one of Stripe's events says. */
public sealed interface StripeFact extends BillingFact
        permits IntentSeen, ChargeSeen, SessionSeen, ProductSeen, PriceSeen, Unusable {}
