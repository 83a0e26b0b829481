package dev.quittance.provisioning.customer;

import java.util.Arrays;

/** Why a customer was linked to a user; the later the stronger. */
public enum Evidence {
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

    public boolean isStrongerThan(Evidence other) {
        return compareTo(other) > 0;
    }
}
