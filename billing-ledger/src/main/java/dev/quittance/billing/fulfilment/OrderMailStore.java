package dev.quittance.billing.fulfilment;

import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Letters that are still to be sent. */
@ApplicationScoped
class OrderMailStore {
    // Taken by moving the time of the next attempt on: a process that dies leaves it to the next.
    private static final String TAKE = """
            update billing.order_mails m
            set attempts = m.attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond'
            from (select order_id, kind from billing.order_mails where state = 'sending' and next_attempt_at <= now()
                  order by next_attempt_at limit $1 for update skip locked) due
            join billing.orders o on o.order_id = due.order_id
            where m.order_id = due.order_id and m.kind = due.kind
            returning m.order_id, m.kind, o.total_minor, o.currency, o.total_points,
              coalesce(o.email,
                (select p.receipt_email from billing.payment_intents p
                 where p.stripe_account = o.stripe_account and p.payment_intent_id = o.stripe_payment_intent_id),
                (select coalesce(c.receipt_email, c.billing_details ->> 'email') from billing.charges c
                 where c.stripe_account = o.stripe_account and c.payment_intent_id = o.stripe_payment_intent_id
                 order by c.created_at desc limit 1)) as address,
              coalesce(
                (select d.reversed_minor from billing.checkout_sessions s
                 join billing.standings d on d.anchor = coalesce(s.invoice_id, s.payment_intent_id, s.checkout_session_id)
                 where s.stripe_account = o.stripe_account and s.checkout_session_id = o.checkout_session_id),
                (select sum(r.amount_minor) from billing.refunds r
                 where r.stripe_account = o.stripe_account and r.payment_intent_id = o.stripe_payment_intent_id
                   and r.status not in ('failed', 'canceled')), 0)::bigint as reversed_minor,
              (select jsonb_agg(jsonb_build_object('line', i.line, 'name', i.name, 'quantity', i.quantity,
                        'fetched', i.type = 'digital' and i.fulfilled_at is not null,
                        'short', (select p.sold_out_policy from billing.inventory_reservations r
                                  join billing.shop_products p on p.product_id = r.product_id
                                  where r.order_id = i.order_id and r.line = i.line and r.state = 'short'))
                      order by i.line)
               from billing.order_items i where i.order_id = m.order_id) as items
            """;

    private static final String FINISH = """
            update billing.order_mails set state = $3, done_at = now() where order_id = $1 and kind = $2 and state = 'sending'
            """;

    private final Pool pool;

    OrderMailStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A letter.
     *
     * @param address null where nobody ever named one
     * @param back how much of the total went back, as far as is known now
     */
    record Letter(UUID orderId, String kind, @Nullable String address, String total, String back, List<Item> items) {
        Letter {
            items = List.copyOf(items);
        }
    }

    /**
     * @param isDownload whether it can be fetched
     * @param soldOut what happens to what was paid for it, where there is none left
     */
    record Item(
            int line,
            String name,
            int quantity,
            boolean isDownload,
            @Nullable String soldOut) {}

    Uni<List<Letter>> take(int limit, Duration lease) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(limit, lease.toMillis()))
                .map(rows -> {
                    List<Letter> letters = new ArrayList<>();
                    rows.forEach(row -> letters.add(letter(row)));
                    return letters;
                });
    }

    Uni<Void> finish(Letter letter, String state) {
        return pool.preparedQuery(FINISH)
                .execute(Tuple.of(letter.orderId(), letter.kind(), state))
                .replaceWithVoid();
    }

    private static Letter letter(Row row) {
        long points = row.getLong("total_points");
        List<Item> items = new ArrayList<>();
        JsonArray array = row.getJsonArray("items");
        for (int i = 0; i < array.size(); i++) {
            JsonObject item = array.getJsonObject(i);
            items.add(new Item(
                    item.getInteger("line"),
                    item.getString("name"),
                    item.getInteger("quantity"),
                    item.getBoolean("fetched"),
                    item.getString("short")));
        }
        return new Letter(
                row.getUUID("order_id"),
                row.getString("kind"),
                row.getString("address"),
                points > 0 ? points + " points" : money(row, "total_minor"),
                points > 0 ? points + " points" : money(row, "reversed_minor"),
                items);
    }

    private static String money(Row row, String column) {
        return new Money(row.getLong(column), row.getString("currency")).toString();
    }
}
