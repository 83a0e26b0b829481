package dev.quittance.billing.fact;

/** Everything that billing acts on; a new kind of fact does not compile until the handler says what it does. */
public sealed interface BillingFact permits StripeFact, IdentityKnown, CustomerKnown, DaysMoved {}
