package dev.quittance.billing.reversal;

import dev.quittance.billing.fact.PaymentConcern;
import dev.quittance.messaging.inbox.Incoming;

/** Something that befell a payment, with the event that told of it. */
public record Touched(Incoming incoming, PaymentConcern concern) {}
