package dev.quittance.billing.reversal;

import dev.quittance.messaging.inbox.Incoming;

/** An invoice of which a credit note gave something back, or that may have been paid twice, with the event that told of it. */
public record Credited(Incoming incoming, String account, String invoiceId) {}
