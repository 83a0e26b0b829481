package dev.quittance.billing.review;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Orders that somebody decides on. */
@ApplicationScoped
class ReviewStore {
    private static final String FIND = """
            select o.order_id, o.user_id, o.status, o.payment_method, o.total_points, o.held_reason,
                   o.fulfilled_at is not null as fulfilled,
                   array(select d.kind from billing.order_decisions d where d.order_id = o.order_id) as decisions,
                   coalesce(s.invoice_id, s.payment_intent_id, s.checkout_session_id) as anchor, s.payment_intent_id,
                   coalesce(s.amount_minor, 0) as paid_minor, now() as at
            from billing.orders o
            left join billing.checkout_sessions s on s.stripe_account = o.stripe_account
                 and s.checkout_session_id = o.checkout_session_id
            where o.order_id = $1
            """;

    private static final String LOCK = FIND + " for update of o";

    private final Pool pool;

    ReviewStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<Reviewed>> find(UUID order) {
        return pool.preparedQuery(FIND).execute(Tuple.of(order)).map(ReviewStore::reviewed);
    }

    /** The same, which nobody else moves until the transaction ends. */
    Uni<Optional<Reviewed>> lock(SqlConnection transaction, UUID order) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(order)).map(ReviewStore::reviewed);
    }

    private static Optional<Reviewed> reviewed(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        return Optional.of(new Reviewed(
                row.getUUID("order_id"),
                row.getUUID("user_id"),
                row.getString("status"),
                row.getString("payment_method"),
                row.getLong("total_points"),
                row.getString("held_reason"),
                row.getBoolean("fulfilled"),
                Set.of(row.getArrayOfStrings("decisions")),
                row.getString("anchor"),
                row.getString("payment_intent_id"),
                row.getLong("paid_minor"),
                row.getOffsetDateTime("at").toInstant()));
    }
}
