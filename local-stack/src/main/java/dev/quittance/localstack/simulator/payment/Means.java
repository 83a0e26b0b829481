package dev.quittance.localstack.simulator.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quittance.localstack.simulator.rest.Shapes;

/** How a buyer pays: a card is answered at once, a direct debit only days later. */
public enum Means {
    CARD("card", "card_declined", "Your card was declined."),
    DEBIT("sepa_debit", "insufficient_funds", "The customer's account has insufficient funds to cover this payment.");

    private final String type;
    private final String failureCode;
    private final String failureMessage;

    Means(String type, String failureCode, String failureMessage) {
        this.type = type;
        this.failureCode = failureCode;
        this.failureMessage = failureMessage;
    }

    public String type() {
        return type;
    }

    String failureCode() {
        return failureCode;
    }

    public String failureMessage() {
        return failureMessage;
    }

    /** {@code payment_method_details} of a charge. */
    void describe(ObjectNode charge, long amount) {
        switch (this) {
            case CARD -> {
                ObjectNode card = (ObjectNode) charge.at("/payment_method_details/card");
                card.put("amount_authorized", amount);
                ((ObjectNode) card.path("overcapture")).put("maximum_amount_capturable", amount);
            }
            case DEBIT -> {
                ObjectNode details = Shapes.empty();
                ObjectNode debit = details.putObject(type);
                debit.put("bank_code", "37040044");
                debit.put("branch_code", "");
                debit.put("country", "DE");
                debit.putNull("expected_debit_date");
                debit.put("fingerprint", "sIm0DebitPrint42");
                debit.put("last4", "3000");
                debit.putNull("mandate");
                details.put("type", type);
                charge.set("payment_method_details", details);
            }
        }
    }
}
