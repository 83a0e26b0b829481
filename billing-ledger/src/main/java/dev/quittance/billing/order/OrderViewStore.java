package dev.quittance.billing.order;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders as they are looked at, and what an operator notes on one. */
@ApplicationScoped
public class OrderViewStore {
    private static final String COLUMNS = """
            select o.order_id, o.kind, o.status, o.payment_method, o.total_minor, o.currency, o.total_points,
                   o.checkout_session_id, o.held_reason, o.fulfilled_at, o.tracking_info, o.created_at,
                   (select jsonb_agg(jsonb_build_object('line', i.line, 'type', i.type, 'product', i.product_id, 'name', i.name,
                             'quantity', i.quantity, 'minor', i.unit_price_minor, 'points', i.unit_price_points,
                             'fulfilled', i.fulfilled_at is not null) order by i.line)
                    from billing.order_items i where i.order_id = o.order_id) as items
            from billing.orders o
            """;

    // A page begins behind the order that ended the one before, whatever was ordered in between.
    private static final String LIST = COLUMNS + """
             where o.user_id = $1 and ($2::uuid is null or (o.created_at, o.order_id) <
                    (select b.created_at, b.order_id from billing.orders b where b.order_id = $2 and b.user_id = $1))
             order by o.created_at desc, o.order_id desc limit $3
            """;

    private static final String FIND = COLUMNS + " where o.order_id = $1 and ($2::uuid is null or o.user_id = $2)";

    private static final String LIST_HELD = COLUMNS + """
             where o.held_reason is not null and o.fulfilled_at is null
               and not exists (select from billing.order_decisions d where d.order_id = o.order_id and d.kind = 'refused')
             order by o.created_at limit $1
            """;

    // Only what is paid, in doubt of nobody and there to be sent.
    private static final String SEND = """
            with noted as (
              update billing.orders o set tracking_info = jsonb_build_object('carrier', $2::text, 'number', $3::text),
                     updated_at = now()
              where o.order_id = $1 and o.status in ('processing', 'completed', 'partially_refunded') and o.held_reason is null
              returning o.order_id)
            update billing.order_items i set fulfilled_at = coalesce(i.fulfilled_at, now())
            from noted n where i.order_id = n.order_id and i.type = 'physical'
              and not exists (select from billing.inventory_reservations r
                              where r.order_id = i.order_id and r.line = i.line and r.state <> 'sold')
            """;

    private final Pool pool;

    OrderViewStore(Pool pool) {
        this.pool = pool;
    }

    Uni<OrderView.Page> list(UUID user, @Nullable UUID before, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.tuple().addUUID(user).addUUID(before).addInteger(limit))
                .map(OrderViewStore::orders)
                .map(orders -> new OrderView.Page(
                        orders,
                        orders.size() == limit ? orders.getLast().orderId().toString() : null));
    }

    /** @param user whose it is to be, null for anybody's */
    public Uni<Optional<OrderView>> find(UUID order, @Nullable UUID user) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.tuple().addUUID(order).addUUID(user))
                .map(rows -> orders(rows).stream().findFirst());
    }

    Uni<List<OrderView>> held(int limit) {
        return pool.preparedQuery(LIST_HELD).execute(Tuple.of(limit)).map(OrderViewStore::orders);
    }

    /** Whether anything was sent. */
    Uni<Boolean> send(SqlConnection transaction, UUID order, String carrier, String number) {
        return transaction
                .preparedQuery(SEND)
                .execute(Tuple.of(order, carrier, number))
                .map(rows -> rows.rowCount() > 0);
    }

    private static List<OrderView> orders(RowSet<Row> rows) {
        List<OrderView> orders = new ArrayList<>();
        rows.forEach(row -> orders.add(order(row)));
        return orders;
    }

    private static OrderView order(Row row) {
        OffsetDateTime fulfilledAt = row.getOffsetDateTime("fulfilled_at");
        JsonObject tracking = row.getJsonObject("tracking_info");
        return new OrderView(
                row.getUUID("order_id"),
                row.getString("kind"),
                row.getString("status"),
                row.getString("payment_method"),
                row.getLong("total_minor"),
                row.getString("currency"),
                row.getLong("total_points"),
                row.getString("checkout_session_id"),
                row.getString("held_reason"),
                fulfilledAt == null ? null : fulfilledAt.toInstant(),
                tracking == null ? null : Map.copyOf(tracking.getMap()),
                row.getOffsetDateTime("created_at").toInstant(),
                items(row.getJsonArray("items")));
    }

    private static List<OrderView.Item> items(JsonArray array) {
        List<OrderView.Item> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject item = array.getJsonObject(i);
            items.add(new OrderView.Item(
                    item.getInteger("line"),
                    item.getString("type"),
                    item.getString("product"),
                    item.getString("name"),
                    item.getInteger("quantity"),
                    item.getLong("minor"),
                    item.getLong("points"),
                    item.getBoolean("fulfilled")));
        }
        return items;
    }
}
