package dev.quittance.billing.fact;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;

/** Reads products and prices. */
final class CatalogueReader {
    private CatalogueReader() {}

    static StripeFact product(StripeEvent event) {
        StripeObject product = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(product.id());
        boolean deleted = event.type().equals("product.deleted");
        Version version = needs.version(deleted ? 1 : 0, 0);
        return needs.factOrUnusable(() -> new ProductSeen(
                event.account(),
                id,
                product.text("name").orElse(""),
                product.flag("active").orElse(true),
                deleted,
                product.metadata(),
                version));
    }

    static StripeFact price(StripeEvent event) {
        StripeObject price = event.object();
        Needs needs = new Needs(event);
        String id = needs.id(price.id());
        String productId = needs.text(price.id("product"), "PRODUCT");
        String currency = needs.currency(price.currency("currency"));
        Long unitAmount = needs.amountOrNull(price.integer("unit_amount"), "UNIT_AMOUNT");
        boolean deleted = event.type().equals("price.deleted");
        Version version = needs.version(deleted ? 1 : 0, 0);
        return needs.factOrUnusable(() -> new PriceSeen(
                event.account(),
                id,
                productId,
                currency,
                unitAmount,
                price.object("recurring").exists(),
                price.flag("active").orElse(true),
                deleted,
                price.metadata(),
                version));
    }
}
