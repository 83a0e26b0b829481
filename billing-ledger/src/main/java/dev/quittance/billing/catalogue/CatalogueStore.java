package dev.quittance.billing.catalogue;

import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.PriceSeen;
import dev.quittance.billing.fact.ProductSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The mirrors of products and prices. */
@ApplicationScoped
public class CatalogueStore {
    private static final MirrorStore<ProductSeen> PRODUCTS = new MirrorStore<>(
            "billing.products",
            "product_id",
            List.of(
                    latest("name", SqlType.TEXT, ProductSeen::name),
                    latest("active", SqlType.BOOLEAN, ProductSeen::active),
                    latest("deleted", SqlType.BOOLEAN, ProductSeen::deleted),
                    latest("metadata", SqlType.JSONB, product -> json(product.metadata()))));

    private static final MirrorStore<PriceSeen> PRICES = new MirrorStore<>(
            "billing.prices",
            "price_id",
            List.of(
                    latest("product_id", SqlType.TEXT, PriceSeen::productId),
                    latest("currency", SqlType.TEXT, PriceSeen::currency),
                    latest("unit_amount_minor", SqlType.BIGINT, PriceSeen::unitAmountMinor),
                    latest("recurring", SqlType.BOOLEAN, PriceSeen::recurring),
                    latest("active", SqlType.BOOLEAN, PriceSeen::active),
                    latest("deleted", SqlType.BOOLEAN, PriceSeen::deleted),
                    latest("metadata", SqlType.JSONB, price -> json(price.metadata()))));

    CatalogueStore() {}

    public Uni<Void> upsertProducts(SqlConnection transaction, List<ProductSeen> products) {
        return PRODUCTS.upsert(transaction, products);
    }

    public Uni<Void> upsertPrices(SqlConnection transaction, List<PriceSeen> prices) {
        return PRICES.upsert(transaction, prices);
    }

    private static String json(Map<String, String> metadata) {
        return new JsonObject(Map.copyOf(metadata)).encode();
    }
}
