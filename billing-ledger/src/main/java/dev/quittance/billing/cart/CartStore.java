package dev.quittance.billing.cart;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Carts. */
@ApplicationScoped
public class CartStore {
    private static final String LIST = """
            select c.product_id, p.name, p.type, c.quantity, p.price_minor, p.currency, p.price_points, p.image_url,
                   p.max_per_order, case when p.stocked then coalesce(i.available, 0) end as available, p.active
            from billing.cart_items c
            join billing.shop_products p on p.product_id = c.product_id
            left join billing.product_inventory i on i.product_id = c.product_id
            where c.user_id = $1 order by c.created_at, c.product_id
            """;

    private static final String FIND_LIMITS =
            "select product_id, max_per_order from billing.shop_products where active and product_id = any($1)";

    private static final String DELETE_OTHERS =
            "delete from billing.cart_items where user_id = $1 and not product_id = any($2)";

    private static final String PUT = """
            insert into billing.cart_items as c (user_id, product_id, quantity)
            select $1, w.product_id, w.quantity from unnest($2::uuid[], $3::int[]) as w(product_id, quantity)
            order by w.product_id
            on conflict (user_id, product_id) do update set quantity = excluded.quantity, updated_at = now()
            where c.quantity <> excluded.quantity
            """;

    // The larger of both, so that merging twice is merging once; never more than one may order, and nothing that is
    // gone.
    private static final String MERGE = """
            insert into billing.cart_items as c (user_id, product_id, quantity)
            select $1, p.product_id, least(w.quantity, p.max_per_order)
            from unnest($2::uuid[], $3::int[]) as w(product_id, quantity)
            join billing.shop_products p on p.product_id = w.product_id and p.active
            left join billing.cart_items x on x.user_id = $1 and x.product_id = p.product_id
            order by x.product_id is null, p.product_id
            limit $4 - (select count(*) from billing.cart_items k where k.user_id = $1 and not k.product_id = any($2))
            on conflict (user_id, product_id) do update set quantity = excluded.quantity, updated_at = now()
            where c.quantity < excluded.quantity
            """;

    private static final String LOCK =
            "select product_id, quantity from billing.cart_items where user_id = $1 order by product_id for update";

    private static final String TAKE = """
            with bought as (
              select o.user_id, i.product_id, i.quantity from billing.orders o
              join billing.order_items i on i.order_id = o.order_id
              where o.order_id = any($1) and i.product_id is not null),
            less as (
              update billing.cart_items c set quantity = c.quantity - b.quantity, updated_at = now()
              from bought b where c.user_id = b.user_id and c.product_id = b.product_id and c.quantity > b.quantity)
            delete from billing.cart_items c using bought b
            where c.user_id = b.user_id and c.product_id = b.product_id and c.quantity <= b.quantity
            """;

    private final Pool pool;

    CartStore(Pool pool) {
        this.pool = pool;
    }

    Uni<CartView> find(UUID user) {
        return pool.preparedQuery(LIST).execute(Tuple.of(user)).map(rows -> {
            List<CartView.Item> items = new ArrayList<>();
            rows.forEach(row -> items.add(new CartView.Item(
                    row.getUUID("product_id"),
                    row.getString("name"),
                    row.getString("type"),
                    row.getInteger("quantity"),
                    row.getLong("price_minor"),
                    row.getString("currency"),
                    row.getLong("price_points"),
                    row.getString("image_url"),
                    row.getInteger("max_per_order"),
                    row.getLong("available"),
                    row.getBoolean("active"))));
            return new CartView(items);
        });
    }

    /** How much an order may have of each of these that is for sale. */
    Uni<Map<UUID, Integer>> limits(List<CartLine> lines) {
        return pool.preparedQuery(FIND_LIMITS)
                .execute(Tuple.tuple().addArrayOfUUID(products(lines)))
                .map(rows -> {
                    Map<UUID, Integer> limits = new HashMap<>();
                    rows.forEach(row -> limits.put(row.getUUID("product_id"), row.getInteger("max_per_order")));
                    return limits;
                });
    }

    /** Makes these lines the whole cart. */
    Uni<Void> put(UUID user, List<CartLine> lines) {
        Tuple others = Tuple.tuple().addUUID(user).addArrayOfUUID(products(lines));
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(DELETE_OTHERS)
                .execute(others)
                .chain(() -> transaction.preparedQuery(PUT).execute(columns(user, lines)))
                .replaceWithVoid());
    }

    Uni<Void> merge(UUID user, List<CartLine> lines) {
        return pool.preparedQuery(MERGE)
                .execute(columns(user, lines).addInteger(CartRules.LINES_MAX))
                .replaceWithVoid();
    }

    /** The lines, which nobody changes until the transaction ends. */
    public Uni<List<CartLine>> lock(SqlConnection transaction, UUID user) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(user)).map(rows -> {
            List<CartLine> lines = new ArrayList<>();
            rows.forEach(row -> lines.add(new CartLine(row.getUUID("product_id"), row.getInteger("quantity"))));
            return lines;
        });
    }

    /** Takes out what these orders bought, and leaves what was put in since. */
    public Uni<Void> take(SqlConnection transaction, List<UUID> orders) {
        return orders.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(TAKE)
                        .execute(Tuple.tuple().addArrayOfUUID(orders.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    private static Tuple columns(UUID user, List<CartLine> lines) {
        return Tuple.tuple()
                .addUUID(user)
                .addArrayOfUUID(products(lines))
                .addArrayOfInteger(lines.stream().map(CartLine::quantity).toArray(Integer[]::new));
    }

    private static UUID[] products(List<CartLine> lines) {
        return lines.stream().map(CartLine::productId).toArray(UUID[]::new);
    }
}
