package dev.quittance.billing.order;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What orders hold of the stock. Every statement locks the stock in one order, and moves it together with the reservations. */
@ApplicationScoped
class ReservationStore {
    // All of it or nothing: the caller gives up when something is short, and this goes with the transaction.
    private static final String RESERVE = """
            with wanted as (
              select i.order_id, i.line, i.product_id, i.quantity from billing.order_items i
              join billing.shop_products p on p.product_id = i.product_id and p.stocked
              where i.order_id = $1),
            locked as materialized (
              select v.product_id from billing.product_inventory v join wanted w on w.product_id = v.product_id
              order by v.product_id for update of v),
            taken as (
              update billing.product_inventory v set reserved = v.reserved + w.quantity, updated_at = now()
              from wanted w join locked k on k.product_id = w.product_id
              where v.product_id = w.product_id and v.available >= w.quantity
              returning v.product_id),
            held as (
              insert into billing.inventory_reservations (order_id, line, product_id, quantity, state)
              select w.order_id, w.line, w.product_id, w.quantity, 'reserved'
              from wanted w join taken t on t.product_id = w.product_id)
            select w.product_id from wanted w
            where not exists (select from taken t where t.product_id = w.product_id) order by 1 limit 1
            """;

    // $4 and $5 are what each piece does to what is reserved and to what is sold; $6: only where the product's policy
    // says so.
    private static final String MOVE = """
            with moving as (
              select r.order_id, r.line, r.product_id, r.quantity from billing.inventory_reservations r
              join billing.shop_products p on p.product_id = r.product_id
              where r.order_id = any($1) and r.state = $2 and (not $6::boolean or p.restock_on_refund)
              order by r.order_id, r.line for update of r),
            locked as materialized (
              select v.product_id from billing.product_inventory v
              where v.product_id in (select product_id from moving) order by v.product_id for update),
            marked as (
              update billing.inventory_reservations r set state = $3, updated_at = now()
              from moving m where r.order_id = m.order_id and r.line = m.line)
            update billing.product_inventory v
            set reserved = v.reserved + $4::bigint * s.quantity, sold = v.sold + $5::bigint * s.quantity, updated_at = now()
            from (select product_id, sum(quantity)::bigint as quantity from moving group by product_id) s
            join locked k on k.product_id = s.product_id
            where v.product_id = s.product_id
            """;

    // Who paid first is served first, as far as it reaches.
    private static final String CLAIM = """
            with wanted as (
              select r.order_id, r.line, r.product_id, r.quantity,
                     sum(r.quantity) over (partition by r.product_id order by r.created_at, r.order_id, r.line) as upto
              from billing.inventory_reservations r join billing.shop_products p on p.product_id = r.product_id
              where r.order_id = any($1)
                and (r.state = 'released' or (r.state = 'short' and p.sold_out_policy = 'back_order'))),
            locked as materialized (
              select v.product_id, v.available from billing.product_inventory v
              where v.product_id in (select product_id from wanted) order by v.product_id for update),
            decided as (
              select w.*, w.upto <= l.available as served from wanted w join locked l on l.product_id = w.product_id),
            marked as (
              update billing.inventory_reservations r
              set state = case when d.served then 'sold' else 'short' end, updated_at = now()
              from decided d where r.order_id = d.order_id and r.line = d.line),
            moved as (
              update billing.product_inventory v set sold = v.sold + s.quantity, updated_at = now()
              from (select product_id, sum(quantity)::bigint as quantity from decided where served group by product_id) s
              where v.product_id = s.product_id)
            select d.order_id, sum(case p.sold_out_policy when 'refund' then i.unit_price_minor * d.quantity else 0 end)::bigint
                     as refund_minor
            from decided d
            join billing.shop_products p on p.product_id = d.product_id
            join billing.order_items i on i.order_id = d.order_id and i.line = d.line
            where not d.served group by d.order_id
            """;

    private static final String FIND_WAITING = """
            select r.order_id from billing.inventory_reservations r
            join billing.shop_products p on p.product_id = r.product_id and p.sold_out_policy = 'back_order'
            where r.product_id = $1 and r.state = 'short' group by r.order_id order by min(r.created_at) limit $2
            """;

    /** More of them wait for the next delivery, or event. */
    private static final int WAITING_MAX = 500;

    ReservationStore() {}

    /** Orders that wait for more of a product, the first first. */
    Uni<List<UUID>> waiting(SqlConnection transaction, UUID product) {
        return transaction
                .preparedQuery(FIND_WAITING)
                .execute(Tuple.of(product, WAITING_MAX))
                .map(rows -> {
                    List<UUID> orders = new ArrayList<>();
                    rows.forEach(row -> orders.add(row.getUUID("order_id")));
                    return orders;
                });
    }

    /** Sets aside what the order needs; what is short of it, if anything. */
    Uni<Set<UUID>> reserve(SqlConnection transaction, UUID order) {
        return transaction.preparedQuery(RESERVE).execute(Tuple.of(order)).map(rows -> {
            Set<UUID> missing = new HashSet<>();
            rows.forEach(row -> missing.add(row.getUUID("product_id")));
            return missing;
        });
    }

    Uni<Void> release(SqlConnection transaction, List<UUID> orders) {
        return move(transaction, orders, "reserved", "released", -1, 0, false);
    }

    Uni<Void> sell(SqlConnection transaction, List<UUID> orders) {
        return move(transaction, orders, "reserved", "sold", -1, 1, false);
    }

    /** Back into the stock, of products whose policy it is. */
    Uni<Void> restock(SqlConnection transaction, List<UUID> orders) {
        return move(transaction, orders, "sold", "returned", 0, -1, true);
    }

    /**
     * An order that is paid and cannot be served now.
     *
     * @param refundMinor what goes back by the products' policy; zero where all of it is served later
     */
    record Short(UUID orderId, long refundMinor) {}

    /** Sells what was released before its payment came; what there is not any more. */
    Uni<List<Short>> claim(SqlConnection transaction, List<UUID> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transaction.preparedQuery(CLAIM).execute(OrderStore.ids(orders)).map(rows -> {
            List<Short> missing = new ArrayList<>();
            for (Row row : rows) {
                missing.add(new Short(row.getUUID("order_id"), row.getLong("refund_minor")));
            }
            return missing;
        });
    }

    private static Uni<Void> move(
            SqlConnection transaction,
            List<UUID> orders,
            String from,
            String to,
            long reserved,
            long sold,
            boolean byPolicy) {
        if (orders.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(MOVE)
                .execute(OrderStore.ids(orders)
                        .addString(from)
                        .addString(to)
                        .addLong(reserved)
                        .addLong(sold)
                        .addBoolean(byPolicy))
                .replaceWithVoid();
    }
}
