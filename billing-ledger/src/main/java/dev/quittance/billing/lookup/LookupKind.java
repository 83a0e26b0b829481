package dev.quittance.billing.lookup;

import java.util.Arrays;

/** What is asked of Stripe. */
enum LookupKind {
    BALANCE_TRANSACTION("balance_transaction"),
    SESSION_LINES("session_lines"),
    CHARGE_REFUNDS("charge_refunds"),
    DISPUTE("dispute"),
    INVOICE_LINES("invoice_lines"),
    WARNING_REFUND("warning_refund"),
    INTENT_OWNER("intent_owner");

    private final String token;

    LookupKind(String token) {
        this.token = token;
    }

    /** As it is stored. */
    String token() {
        return token;
    }

    static LookupKind of(String token) {
        return Arrays.stream(values())
                .filter(kind -> kind.token.equals(token))
                .findFirst()
                .orElseThrow();
    }
}
