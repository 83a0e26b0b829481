package dev.quittance.provisioning.customer;

/** Where an e-mail stands that was said beside a customer and of whoever paid; the later the more it is trusted. */
public enum HintPlace {
    CARD("card", '-'),
    CHARGE("charge", '.'),
    INVOICE("invoice", '/');

    private final String token;
    private final char trust;

    HintPlace(String token, char trust) {
        this.token = token;
        this.trust = trust;
    }

    /** As it is stored. */
    public String token() {
        return token;
    }

    /** How a stamp of such an e-mail begins: before what was typed into a checkout, and before what Stripe states. */
    char trust() {
        return trust;
    }
}
