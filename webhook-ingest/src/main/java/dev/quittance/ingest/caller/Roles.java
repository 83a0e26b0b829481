package dev.quittance.ingest.caller;

/** The roles that a token's {@code role} claim names. */
public final class Roles {
    /** Somebody who runs the shop. */
    public static final String OPERATOR = "operator";

    /** Somebody who answers customers: sees that an event came, and its body without what is personal. */
    public static final String SUPPORT = "support";

    private Roles() {}
}
