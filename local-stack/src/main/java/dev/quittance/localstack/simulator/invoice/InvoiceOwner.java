package dev.quittance.localstack.simulator.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who an invoice is for: it decides whether the card on file works, and learns what became of the invoice. */
public interface InvoiceOwner {
    /** What the bank says to an attempt. */
    enum BankAnswer {
        PAYS,
        DECLINES,
        ASKS_BUYER
    }

    /** What the bank will say to the next attempt to collect this invoice. */
    BankAnswer nextAnswer(ObjectNode invoice);

    void paid(ObjectNode invoice);

    /** An attempt failed, and the invoice has been told of already. */
    void failed(ObjectNode invoice, boolean isLastAttempt);
}
