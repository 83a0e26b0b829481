package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who an invoice is for: it decides whether the card on file works, and learns what became of the invoice. */
public interface InvoiceOwner {
    /** Whether the next attempt to collect this invoice is declined. */
    boolean declines(ObjectNode invoice);

    void paid(ObjectNode invoice);

    /** An attempt failed, and the invoice has been told of already. */
    void failed(ObjectNode invoice, boolean isLastAttempt);
}
