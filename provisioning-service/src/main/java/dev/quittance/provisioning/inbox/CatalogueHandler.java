package dev.quittance.provisioning.inbox;

import dev.quittance.messaging.inbox.Delivered;
import dev.quittance.messaging.inbox.Effects;
import dev.quittance.messaging.inbox.Incoming;
import dev.quittance.provisioning.plan.CatalogueKey;
import dev.quittance.provisioning.plan.CatalogueStore;
import dev.quittance.provisioning.plan.PriceFact;
import dev.quittance.provisioning.plan.ProductFact;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A batch's products and prices. A price waits for its product. */
final class CatalogueHandler {
    private final CatalogueStore store = new CatalogueStore();

    /** Applies them; the products that became known, with what brought them. */
    Uni<Map<CatalogueKey, Incoming>> apply(
            SqlConnection transaction, List<Delivered<ProvisioningFact>> batch, Effects effects) {
        List<Caused<ProductFact>> products =
                Caused.of(batch, fact -> fact instanceof ProvisioningFact.ProductSeen(ProductFact p) ? p : null);
        List<Caused<PriceFact>> prices =
                Caused.of(batch, fact -> fact instanceof ProvisioningFact.PriceSeen(PriceFact p) ? p : null);
        if (products.isEmpty() && prices.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<ProductFact> stated = products.stream().map(Caused::what).toList();
        Map<CatalogueKey, Incoming> causes = new HashMap<>();
        products.forEach(product -> {
            causes.put(product.what().key(), product.incoming());
            effects.arrived(product.what().key().productSubject());
        });
        return store.products(transaction, stated)
                .call(() -> store.known(
                                transaction,
                                prices.stream()
                                        .flatMap(price -> product(price.what()))
                                        .toList())
                        .map(known -> ready(prices, known, effects))
                        .chain(ready -> store.prices(transaction, ready)
                                .chain(() -> store.derivePlans(transaction, ready, stated))))
                .map(fresh -> {
                    causes.keySet().retainAll(fresh);
                    return causes;
                });
    }

    private static List<PriceFact> ready(List<Caused<PriceFact>> prices, Set<CatalogueKey> known, Effects effects) {
        return prices.stream()
                .filter(price -> {
                    List<CatalogueKey> missing = product(price.what())
                            .filter(product -> !known.contains(product))
                            .toList();
                    missing.forEach(
                            product -> effects.park(price.incoming(), product.productSubject(), "needs-product"));
                    return missing.isEmpty();
                })
                .map(Caused::what)
                .toList();
    }

    private static Stream<CatalogueKey> product(PriceFact price) {
        PriceFact.Content content = price.content();
        String id = content == null ? null : content.productId();
        return id == null
                ? Stream.empty()
                : Stream.of(new CatalogueKey(price.key().stripeAccount(), id));
    }
}
