package dev.quittance.billing.buying;

import dev.quittance.billing.cart.CartLine;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the catalogue says of what somebody wants to buy. */
@ApplicationScoped
class GoodsStore {
    private static final String FIND = """
            select product_id, name, type, active, max_per_order, price_minor, currency, price_points
            from billing.shop_products where product_id = any($1)
            """;

    GoodsStore() {}

    Uni<Map<UUID, Goods>> find(SqlConnection transaction, List<CartLine> lines) {
        return transaction
                .preparedQuery(FIND)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(lines.stream().map(CartLine::productId).toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Goods> goods = new HashMap<>();
                    rows.forEach(row -> goods.put(
                            row.getUUID("product_id"),
                            new Goods(
                                    row.getUUID("product_id"),
                                    row.getString("name"),
                                    row.getString("type"),
                                    row.getBoolean("active"),
                                    row.getInteger("max_per_order"),
                                    row.getLong("price_minor"),
                                    row.getString("currency"),
                                    row.getLong("price_points"))));
                    return goods;
                });
    }
}
