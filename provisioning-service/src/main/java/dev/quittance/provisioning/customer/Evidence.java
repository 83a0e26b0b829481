package dev.quittance.provisioning.customer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a customer was linked to a user; the later the stronger. */
public enum Evidence {
    /** An e-mail that stood on an invoice, a charge or a card. */
    HINT("hint"),
    /** An e-mail that somebody typed. */
    EMAIL("email"),
    /** A checkout session that named the user. */
    SESSION("session"),
    /** The customer's own metadata, which only the merchant writes. */
    CUSTOMER("customer"),
    /** A person's decision, or the buyer's own proof that the mailbox is theirs. */
    OPERATOR("operator");

    private final String token;

    Evidence(String token) {
        this.token = token;
    }

    /** As it is stored. */
    public String token() {
        return token;
    }

    public static Evidence of(String token) {
        return Arrays.stream(values())
                .filter(evidence -> evidence.token.equals(token))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such evidence"));
    }

    /** By an e-mail that the customer says, or that was found beside it. */
    public static Evidence ofEmail(@Nullable String said) {
        return said == null ? HINT : EMAIL;
    }

    /** Whether it is an e-mail alone, which may turn out to be wrong. */
    public boolean isEmailOnly() {
        return this == HINT || this == EMAIL;
    }

    public boolean isStrongerThan(Evidence other) {
        return compareTo(other) > 0;
    }
}
