package dev.quittance.provisioning.inbox;

import dev.quittance.contracts.stripe.Field;
import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.contracts.stripe.StripeObject;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.Stamp;
import dev.quittance.provisioning.plan.CatalogueKey;
import dev.quittance.provisioning.plan.OfferRules;
import dev.quittance.provisioning.plan.PriceFact;
import dev.quittance.provisioning.plan.ProductFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads products, prices, and plans, which are prices by their older name. */
final class CatalogueFacts {
    private static final int COUNT_MAX = 1_000;

    private CatalogueFacts() {}

    static Reading<ProvisioningFact> product(StripeEvent event, String account) {
        StripeObject object = event.object();
        String id = object.id().orNull();
        if (id == null) {
            return new Reading.Ignored<>("no-product-id");
        }
        CatalogueKey key = new CatalogueKey(account, id);
        ProductFact fact = new ProductFact(
                key, isDeleted(event), object.text("name").isPresent() ? product(object) : null, stamp(event));
        return new Reading.Relevant<>(new ProvisioningFact.ProductSeen(fact), Set.of(key.productSubject()));
    }

    private static ProductFact.Content product(StripeObject object) {
        Map<String, String> metadata = object.metadata();
        Optional<VoucherTerm> voucher = OfferRules.voucher(metadata);
        List<String> features = object.list("marketing_features", "features").stream()
                .flatMap(feature -> feature.text("name").toOptional().stream())
                .toList();
        return new ProductFact.Content(
                object.text("name").orNull(),
                object.text("description").orNull(),
                object.flag("active").orElse(true),
                metadata,
                OfferRules.benefits(metadata, features).orElse("[]"),
                OfferRules.resources(metadata).orElse(null),
                voucher.map(VoucherTerm::months).orElse(null),
                voucher.map(VoucherTerm::days).orElse(null));
    }

    static Reading<ProvisioningFact> price(StripeEvent event, String account) {
        StripeObject object = event.object();
        String id = object.id().orNull();
        if (id == null) {
            return new Reading.Ignored<>("no-price-id");
        }
        boolean isWhole = object.currency("currency").isPresent();
        CatalogueKey key = new CatalogueKey(account, id);
        PriceFact fact = new PriceFact(key, isDeleted(event), isWhole ? price(object) : null, stamp(event));
        String product = fact.content() == null ? null : fact.content().productId();
        return new Reading.Relevant<>(
                new ProvisioningFact.PriceSeen(fact),
                product == null
                        ? Set.of(key.priceSubject())
                        : Set.of(key.priceSubject(), new CatalogueKey(account, product).productSubject()));
    }

    private static PriceFact.Content price(StripeObject object) {
        Map<String, String> metadata = object.metadata();
        return new PriceFact.Content(
                object.id("product").orNull(),
                object.currency("currency").orNull(),
                object.integer("unit_amount", "amount").orNull(),
                object.text("recurring.interval", "interval").orNull(),
                count(object.integer("recurring.interval_count", "interval_count")),
                object.text("nickname", "name").orNull(),
                object.flag("active").orElse(true),
                metadata,
                OfferRules.benefits(metadata, List.of()).orElse(null),
                OfferRules.resources(metadata).orElse(null));
    }

    private static @Nullable Integer count(Field<Long> count) {
        return count.toOptional()
                .filter(value -> value > 0 && value <= COUNT_MAX)
                .map(Long::intValue)
                .orElse(null);
    }

    private static boolean isDeleted(StripeEvent event) {
        return event.type().endsWith(".deleted")
                || event.object().flag("deleted").orElse(false);
    }

    private static Stamp stamp(StripeEvent event) {
        return Stamp.stated(event.created().toOptional(), !event.type().endsWith(".created"), event.id());
    }
}
