package dev.quittance.billing.caller;

/** The roles that a token's {@code role} claim names. */
public final class Roles {
    /** A signed-in user. */
    public static final String USER = "authenticated";

    /** Somebody who runs the shop. */
    public static final String OPERATOR = "operator";

    private Roles() {}
}
