package dev.quittance.billing.testing;

import dev.quittance.billing.testing.Events.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Orders of 15.00 EUR for one piece each, as a checkout leaves them while its page is open. */
public final class ShopOrders {
    private ShopOrders() {}

    /** The order of a run. */
    public static UUID order(String name) {
        return UUID.fromString("55555555-5555-4555-8555-" + name);
    }

    /** A second order of the same run. */
    public static UUID other(String name) {
        return UUID.fromString("55555555-5555-4555-8556-" + name);
    }

    private static UUID product(String name) {
        return UUID.fromString("66666666-6666-4666-8666-" + name);
    }

    /** A product of which there is one, and an order that holds it. Made again it is the same. */
    public static void place(Ledger ledger, String name, UUID user, String policy, boolean restock) {
        run(ledger, """
                insert into billing.shop_products (product_id, name, type, price_minor, currency, content_url, stocked,
                  sold_out_policy, restock_on_refund)
                values ('%1$s', 'Print', 'digital', 1500, 'EUR', 'https://content.example/x', true, '%2$s', %3$b)
                on conflict do nothing;
                insert into billing.product_inventory (product_id, received, reserved) values ('%1$s', 1, 1)
                on conflict do nothing;
                insert into billing.stock_entries (idempotency_key, product_id, kind, quantity)
                values ('%1$s', '%1$s', 'received', 1) on conflict do nothing""".formatted(product(name), policy, restock));
        order(ledger, order(name), name, user, "reserved");
    }

    /** Another order for the same piece, which had it until its page expired. */
    public static void placeExpired(Ledger ledger, String name, UUID user) {
        order(ledger, other(name), name, user, "released");
        run(
                ledger,
                "update billing.orders set status = 'cancelled', revision = 2 where status = 'pending' and order_id = '"
                        + other(name) + "'");
    }

    /** The order of a run's subscription, of 10.00 EUR. */
    public static void subscribe(Ledger ledger, String name, UUID user) {
        run(ledger, """
                insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, idempotency_key,
                  fingerprint, stripe_key, expires_at)
                values ('%1$s', '%2$s', 'subscription', 'stripe', 1000, 'EUR', '%1$s', 'f', '%1$s', now() + interval '1 hour')
                on conflict do nothing;
                insert into billing.order_items (order_id, line, type, reference, name, quantity, unit_price_minor)
                values ('%1$s', 0, 'subscription', 'price_1', 'Membership', 1, 1000) on conflict do nothing""".formatted(order(name), user));
    }

    private static void order(Ledger ledger, UUID order, String name, UUID user, String state) {
        run(ledger, """
                insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, idempotency_key,
                  fingerprint, stripe_key, expires_at)
                values ('%1$s', '%2$s', 'cart', 'stripe', 1500, 'EUR', '%1$s', 'f', '%1$s', now() + interval '1 hour')
                on conflict do nothing;
                insert into billing.order_items (order_id, line, type, product_id, reference, name, quantity, unit_price_minor)
                values ('%1$s', 0, 'digital', '%3$s', 'x', 'Print', 1, 1500) on conflict do nothing;
                insert into billing.inventory_reservations (order_id, line, product_id, quantity, state)
                values ('%1$s', 0, '%3$s', 1, '%4$s') on conflict do nothing""".formatted(order, user, product(name), state));
    }

    /** The event of the order's session. */
    public static Event of(Event session, UUID order) {
        return session.with("\"metadata\":{", "\"metadata\":{\"order_id\":\"" + order + "\",");
    }

    /** Where the orders of all runs ended, each way once: order, hold, line, and the piece reserved, sold and available. */
    public static List<String> ends(Ledger ledger) throws SQLException {
        return ledger.rows(
                "select distinct case when o.order_id::text like '%-8556-%' then 'other ' else '' end || o.status,"
                        + " o.held_reason, r.state, i.reserved, i.sold, i.available from billing.orders o"
                        + " join billing.inventory_reservations r using (order_id)"
                        + " join billing.product_inventory i on i.product_id = r.product_id order by 1");
    }

    private static void run(Ledger ledger, String statements) {
        try {
            ledger.run(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
