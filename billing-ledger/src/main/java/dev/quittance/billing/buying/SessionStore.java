package dev.quittance.billing.buying;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Orders and the sessions that are opened for them. */
@ApplicationScoped
class SessionStore {
    // Fixed when it is asked first: whoever becomes a customer in between is asked for in the same words.
    private static final String FIX_CUSTOMER = """
            update billing.orders o set customer_id = coalesce((
              select c.customer_id from billing.customers c where c.stripe_account = '' and c.user_id = o.user_id
              order by c.recorded_at, c.customer_id limit 1), '')
            where o.order_id = $1 and o.customer_id is null
            """;

    private static final String LOAD = """
            select o.order_id, o.user_id, o.kind, o.total_minor, o.currency, o.email, nullif(o.customer_id, '') as customer_id,
                   o.stripe_key, o.expires_at,
                   (select jsonb_agg(jsonb_build_object('name', i.name, 'quantity', i.quantity, 'unit', i.unit_price_minor,
                             'type', i.type, 'reference', i.reference) order by i.line)
                    from billing.order_items i where i.order_id = o.order_id) as lines
            from billing.orders o where o.order_id = $1
            """;

    private static final String OPENED = """
            update billing.orders set checkout_session_id = $2, checkout_url = $3, updated_at = now()
            where order_id = $1 and (checkout_session_id is null or checkout_session_id = $2)
            """;

    private static final String FIND_STATE = """
            select order_id, status, fulfilled_at is not null as fulfilled, kind, total_minor, currency, held_reason is not null as held
            from billing.orders where user_id = $1 and stripe_account = '' and checkout_session_id = $2
            """;

    private static final String FIND_ABANDONED = """
            select order_id from billing.orders
            where status = 'pending' and checkout_session_id is null and expires_at < now() - interval '5 minutes'
            order by expires_at limit $1
            """;

    private final Pool pool;

    SessionStore(Pool pool) {
        this.pool = pool;
    }

    Uni<SessionRequest> load(UUID order) {
        return pool.preparedQuery(FIX_CUSTOMER)
                .execute(Tuple.of(order))
                .chain(() -> pool.preparedQuery(LOAD).execute(Tuple.of(order)))
                .map(rows -> request(rows.iterator().next()));
    }

    Uni<Void> opened(UUID order, SessionAnswer.Opened opened) {
        return pool.preparedQuery(OPENED)
                .execute(Tuple.of(order, opened.sessionId(), opened.url()))
                .replaceWithVoid();
    }

    Uni<Optional<SessionView>> find(UUID user, String session) {
        return pool.preparedQuery(FIND_STATE).execute(Tuple.of(user, session)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(SessionView.of(
                    row.getUUID("order_id"),
                    row.getString("status"),
                    row.getBoolean("fulfilled"),
                    row.getBoolean("held"),
                    row.getString("kind"),
                    row.getLong("total_minor"),
                    row.getString("currency")));
        });
    }

    /** Orders whose time is over and for which no session was ever opened, as far as we know. */
    Uni<List<UUID>> abandoned(int limit) {
        return pool.preparedQuery(FIND_ABANDONED).execute(Tuple.of(limit)).map(rows -> {
            List<UUID> orders = new ArrayList<>();
            rows.forEach(row -> orders.add(row.getUUID("order_id")));
            return orders;
        });
    }

    private static SessionRequest request(Row row) {
        JsonArray items = row.getJsonArray("lines");
        List<SessionRequest.Line> lines = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.getJsonObject(i);
            boolean isPrice = List.of("voucher", "subscription").contains(item.getString("type"));
            lines.add(new SessionRequest.Line(
                    item.getString("name"),
                    item.getInteger("quantity"),
                    item.getLong("unit"),
                    isPrice ? item.getString("reference") : null,
                    item.getString("reference")));
        }
        return new SessionRequest(
                row.getUUID("order_id"),
                row.getUUID("user_id"),
                row.getString("kind"),
                row.getLong("total_minor"),
                row.getString("currency"),
                row.getString("email"),
                row.getString("customer_id"),
                row.getString("stripe_key"),
                row.getOffsetDateTime("expires_at").toInstant(),
                lines);
    }
}
