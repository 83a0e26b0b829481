package dev.quittance.billing.order;

import dev.quittance.billing.order.OrderDraft.Line;
import dev.quittance.contracts.billing.OrderStatusChanged;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Orders as they are made. */
@ApplicationScoped
class PlacingStore {
    // Two requests with one key: the second waits, and then finds what the first made.
    private static final String LOCK_KEY =
            "select pg_advisory_xact_lock(hashtextextended('quittance.order.' || $1::text, 0))";

    private static final String INSERT = """
            insert into billing.orders (order_id, user_id, kind, payment_method, total_minor, currency, total_points, email,
              stripe_key, idempotency_key, fingerprint, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            returning created_at
            """;

    private static final String FIND = """
            select order_id, kind, payment_method, total_minor, currency, total_points, balance_after, fingerprint, status,
                   checkout_session_id, checkout_url, stripe_key, email, expires_at
            from billing.orders where order_id = $1
            """;

    private static final String NOTE_BALANCE = "update billing.orders set balance_after = $2 where order_id = $1";

    private static final String INSERT_ITEMS = """
            insert into billing.order_items (order_id, line, type, product_id, reference, name, quantity, unit_price_minor,
              unit_price_points)
            select $1, w.* from unnest($2::smallint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::bigint[],
                                       $9::bigint[]) as w
            """;

    PlacingStore() {}

    Uni<Void> lockKey(SqlConnection transaction, UUID orderId) {
        return transaction
                .preparedQuery(LOCK_KEY)
                .execute(Tuple.of(orderId.toString()))
                .replaceWithVoid();
    }

    Uni<Optional<PlacedOrder>> find(SqlConnection transaction, UUID orderId) {
        return transaction
                .preparedQuery(FIND)
                .execute(Tuple.of(orderId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(placed(rows.iterator().next())));
    }

    Uni<Void> noteBalance(SqlConnection transaction, UUID orderId, long balance) {
        return transaction
                .preparedQuery(NOTE_BALANCE)
                .execute(Tuple.of(orderId, balance))
                .replaceWithVoid();
    }

    Uni<OrderStatusChanged> insert(SqlConnection transaction, OrderDraft draft) {
        Tuple columns = Tuple.tuple()
                .addUUID(draft.id())
                .addUUID(draft.userId())
                .addString(draft.kind())
                .addString(draft.paymentMethod())
                .addLong(draft.totalMinor())
                .addString(draft.currency())
                .addLong(draft.totalPoints())
                .addString(draft.email())
                .addString("quittance-order-" + draft.id())
                .addString(draft.idempotencyKey())
                .addString(draft.fingerprint())
                .addOffsetDateTime(
                        draft.expiresAt() == null ? null : draft.expiresAt().atOffset(ZoneOffset.UTC));
        return transaction
                .preparedQuery(INSERT)
                .execute(columns)
                .call(() -> transaction.preparedQuery(INSERT_ITEMS).execute(items(draft)))
                .map(rows -> rows.iterator().next().getOffsetDateTime("created_at"))
                .map(at -> new OrderStatusChanged(
                        draft.id(), draft.userId(), null, OrderStatus.PENDING.token(), 1, at.toInstant()));
    }

    private static Tuple items(OrderDraft draft) {
        List<Line> lines = draft.lines();
        return Tuple.tuple()
                .addUUID(draft.id())
                .addArrayOfShort(IntStream.range(0, lines.size())
                        .mapToObj(line -> (short) line)
                        .toArray(Short[]::new))
                .addArrayOfString(lines.stream().map(Line::type).toArray(String[]::new))
                .addArrayOfUUID(lines.stream().map(Line::productId).toArray(UUID[]::new))
                .addArrayOfString(lines.stream().map(Line::reference).toArray(String[]::new))
                .addArrayOfString(lines.stream().map(Line::name).toArray(String[]::new))
                .addArrayOfInteger(lines.stream().map(Line::quantity).toArray(Integer[]::new))
                .addArrayOfLong(lines.stream().map(Line::unitMinor).toArray(Long[]::new))
                .addArrayOfLong(lines.stream().map(Line::unitPoints).toArray(Long[]::new));
    }

    private static PlacedOrder placed(Row row) {
        OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
        return new PlacedOrder(
                row.getUUID("order_id"),
                row.getString("kind"),
                row.getString("payment_method"),
                row.getLong("total_minor"),
                row.getString("currency"),
                row.getLong("total_points"),
                row.getLong("balance_after"),
                row.getString("fingerprint"),
                OrderStatus.of(row.getString("status")),
                row.getString("checkout_session_id"),
                row.getString("checkout_url"),
                row.getString("stripe_key"),
                row.getString("email"),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
