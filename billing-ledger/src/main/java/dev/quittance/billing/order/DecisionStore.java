package dev.quittance.billing.order;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people decided on orders. */
@ApplicationScoped
public class DecisionStore {
    private static final String FIND_BY_KEY = """
            select order_id, kind, idempotency_key, decided_by, note, recorded_at
            from billing.order_decisions where idempotency_key = $1
            """;

    private static final String LIST = """
            select order_id, kind, idempotency_key, decided_by, note, recorded_at
            from billing.order_decisions where order_id = $1 order by recorded_at, kind
            """;

    private static final String INSERT = """
            insert into billing.order_decisions (order_id, kind, idempotency_key, decided_by, note)
            values ($1, $2, $3, $4, $5) on conflict do nothing
            """;

    private static final String RELEASE = """
            update billing.orders set held_reason = null, updated_at = now() where order_id = $1 and held_reason is not null
            """;

    private final Pool pool;

    DecisionStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A decision.
     *
     * @param key what its request came under
     * @param by the subject of the token that came with it
     */
    public record Decided(
            UUID orderId,
            OrderDecision kind,
            String key,
            String by,
            @Nullable String note) {
        /** Whether it is asked for again, by whomever. */
        public boolean isSame(Decided other) {
            return orderId.equals(other.orderId) && kind == other.kind && Objects.equals(note, other.note);
        }
    }

    /** A decision as it is looked at. */
    public record View(String kind, String by, @Nullable String note, Instant at) {}

    public Uni<Optional<Decided>> find(SqlConnection transaction, String key) {
        return transaction
                .preparedQuery(FIND_BY_KEY)
                .execute(Tuple.of(key))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(decided(rows.iterator().next())));
    }

    /** Writes it down; false where something else was decided before. */
    public Uni<Boolean> insert(SqlConnection transaction, Decided decided) {
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        decided.orderId(), decided.kind().token(), decided.key(), decided.by(), decided.note()))
                .map(rows -> rows.rowCount() > 0)
                .call(isNew -> isNew && decided.kind() == OrderDecision.RELEASED
                        ? transaction.preparedQuery(RELEASE).execute(Tuple.of(decided.orderId()))
                        : Uni.createFrom().voidItem());
    }

    /** All of an order. */
    public Uni<List<View>> list(UUID order) {
        return pool.preparedQuery(LIST).execute(Tuple.of(order)).map(rows -> {
            List<View> decisions = new ArrayList<>();
            rows.forEach(row -> decisions.add(new View(
                    row.getString("kind"),
                    row.getString("decided_by"),
                    row.getString("note"),
                    row.getOffsetDateTime("recorded_at").toInstant())));
            return decisions;
        });
    }

    private static Decided decided(Row row) {
        return new Decided(
                row.getUUID("order_id"),
                OrderDecision.of(row.getString("kind")),
                row.getString("idempotency_key"),
                row.getString("decided_by"),
                row.getString("note"));
    }
}
