package dev.quittance.provisioning.plan;

import static java.util.Objects.requireNonNull;

/** A product or a price of one Stripe account. */
public record CatalogueKey(String stripeAccount, String id) {
    public CatalogueKey {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(id, "id is null");
    }

    /** What a price waits for whose product is not there. */
    public String productSubject() {
        return "product:" + stripeAccount + "/" + id;
    }

    /** What orders the events of one price. */
    public String priceSubject() {
        return "price:" + stripeAccount + "/" + id;
    }
}
