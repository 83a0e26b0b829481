package dev.quittance.billing.shop;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shop's products. */
@ApplicationScoped
public class ProductStore {
    private static final String COLUMNS = """
            p.product_id, p.listed_no, p.name, p.description, p.type, p.price_minor, p.currency, p.price_points, p.image_url,
            p.max_per_order, case when p.stocked then coalesce(i.available, 0) end as available, p.active
            from billing.shop_products p left join billing.product_inventory i on i.product_id = p.product_id
            """;

    // Newest first, and keyed by what never changes: a page begins behind the last row of the one before, whatever came
    // in between.
    private static final String LIST = "select " + COLUMNS + """
             where p.active and p.listed_no < $1 and ($2::text is null or p.name ilike $2 or p.description ilike $2)
               and ($3::text is null or p.type = $3)
             order by p.listed_no desc limit $4
            """;

    private static final String FIND = "select " + COLUMNS + " where p.product_id = $1";

    private static final String PUT = """
            insert into billing.shop_products as t (product_id, name, description, type, price_minor, currency, price_points,
              image_url, content_url, max_per_order, stocked, sold_out_policy, restock_on_refund, stripe_product_id,
              stripe_price_id, active)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            on conflict (product_id) do update set
              name = excluded.name, description = excluded.description, price_minor = excluded.price_minor,
              currency = excluded.currency, price_points = excluded.price_points, image_url = excluded.image_url,
              content_url = excluded.content_url, max_per_order = excluded.max_per_order,
              sold_out_policy = excluded.sold_out_policy, restock_on_refund = excluded.restock_on_refund,
              stripe_product_id = excluded.stripe_product_id, stripe_price_id = excluded.stripe_price_id,
              active = excluded.active, updated_at = now()
            where t.type = excluded.type and t.stocked = excluded.stocked
            returning product_id
            """;

    private static final String OPEN_STOCK =
            "insert into billing.product_inventory (product_id) values ($1) on conflict do nothing";

    // Only what names a product of Stripe's follows it; its price only where it names one, too. Read from the mirrors,
    // which
    // have put the events in order.
    private static final String FOLLOW_STRIPE = """
            update billing.shop_products p
            set name = d.name, active = d.active and not d.deleted and coalesce(r.active and not r.deleted, true),
                price_minor = case when r.unit_amount_minor between 1 and 99999999 then r.unit_amount_minor else p.price_minor end,
                currency = case when r.unit_amount_minor between 1 and 99999999 then r.currency else p.currency end,
                updated_at = now()
            from billing.products d
            left join billing.prices r on r.stripe_account = d.stripe_account and r.product_id = d.product_id
            where d.stripe_account = '' and d.product_id = p.stripe_product_id and d.product_id = any($1)
              and d.name <> '' and r.price_id is not distinct from
                (select x.price_id from billing.prices x where x.stripe_account = '' and x.price_id = p.stripe_price_id
                   and x.product_id = d.product_id)
            """;

    private final Pool pool;

    ProductStore(Pool pool) {
        this.pool = pool;
    }

    Uni<ProductView.Page> list(long before, @Nullable String search, @Nullable String type, int limit) {
        String pattern = search == null ? null : "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return pool.preparedQuery(LIST)
                .execute(Tuple.tuple()
                        .addLong(before)
                        .addString(pattern)
                        .addString(type)
                        .addInteger(limit))
                .map(rows -> {
                    List<ProductView> products = new ArrayList<>();
                    String next = null;
                    for (Row row : rows) {
                        products.add(product(row));
                        next = products.size() == limit
                                ? row.getLong("listed_no").toString()
                                : null;
                    }
                    return new ProductView.Page(products, next);
                });
    }

    Uni<Optional<ProductView>> find(UUID productId) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(productId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(product(rows.iterator().next())));
    }

    /** Whether it could be: what kind of thing a product is, and whether it is counted, stays. */
    Uni<Boolean> put(UUID productId, ProductDraft draft) {
        Tuple columns = Tuple.tuple()
                .addUUID(productId)
                .addString(draft.name())
                .addString(draft.description())
                .addString(draft.type())
                .addLong(draft.priceMinor())
                .addString(draft.currency())
                .addLong(draft.pricePoints())
                .addString(draft.imageUrl())
                .addString(draft.contentUrl())
                .addInteger(draft.maxPerOrder())
                .addBoolean(draft.stocked())
                .addString(draft.soldOutPolicy())
                .addBoolean(draft.restockOnRefund())
                .addString(draft.stripeProductId())
                .addString(draft.stripePriceId())
                .addBoolean(draft.active());
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(PUT)
                .execute(columns)
                .map(rows -> rows.size() == 1)
                .call(isPut -> isPut && draft.stocked()
                        ? transaction.preparedQuery(OPEN_STOCK).execute(Tuple.of(productId))
                        : Uni.createFrom().voidItem()));
    }

    /** Brings what follows these products of Stripe's in step with the mirrors. */
    public Uni<Void> followStripe(SqlConnection transaction, List<String> stripeProducts) {
        return stripeProducts.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(FOLLOW_STRIPE)
                        .execute(Tuple.tuple().addArrayOfString(stripeProducts.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private static ProductView product(Row row) {
        return new ProductView(
                row.getUUID("product_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("type"),
                row.getLong("price_minor"),
                row.getString("currency"),
                row.getLong("price_points"),
                row.getString("image_url"),
                row.getInteger("max_per_order"),
                row.getLong("available"),
                row.getBoolean("active"));
    }
}
