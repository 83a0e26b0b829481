package dev.quittance.billing.reversal;

import dev.quittance.messaging.inbox.Incoming;

/** An invoice that a credit note gave something back of, with the event that told of it. */
public record Credited(Incoming incoming, String account, String invoiceId) {}
