package dev.quittance.billing.shop;

import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.shop.ProductView.Stock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator counts in and out. What orders hold of the stock is the orders' own. */
@ApplicationScoped
public class StockStore {
    private static final String WRITE = """
            insert into billing.stock_entries (idempotency_key, product_id, kind, quantity, note)
            select $1, product_id, $3, $4, $5 from billing.product_inventory where product_id = $2
            on conflict (idempotency_key) do nothing
            """;

    private static final String COUNT = """
            update billing.product_inventory
            set received = received + case $2 when 'received' then $3::bigint else 0 end,
                lost = lost + case $2 when 'lost' then $3::bigint else 0 end,
                updated_at = now()
            where product_id = $1 and ($2 = 'received' or available >= $3)
            """;

    private static final String FIND_ENTRY = """
            select exists (select from billing.stock_entries where idempotency_key = $1 and product_id = $2 and kind = $3
                             and quantity = $4) as same,
                   exists (select from billing.product_inventory where product_id = $2) as stocked
            """;

    private static final String FIND_STOCK = """
            select product_id, received, available, reserved, sold, lost from billing.product_inventory where product_id = $1
            """;

    /** What an operator counted. */
    record Counted(
            UUID productId,
            String kind,
            long quantity,
            @Nullable String note) {}

    StockStore() {}

    /** Counts once for a key, and gives how it stands then. */
    Uni<Stock> count(SqlConnection transaction, String key, Counted counted) {
        return transaction
                .preparedQuery(WRITE)
                .execute(Tuple.of(key, counted.productId(), counted.kind(), counted.quantity(), counted.note()))
                .chain(written ->
                        written.rowCount() == 1 ? move(transaction, counted) : explain(transaction, key, counted))
                .chain(() -> transaction.preparedQuery(FIND_STOCK).execute(Tuple.of(counted.productId())))
                .map(StockStore::stock);
    }

    private static Uni<Void> move(SqlConnection transaction, Counted counted) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(counted.productId(), counted.kind(), counted.quantity()))
                .invoke(moved -> {
                    if (moved.rowCount() != 1) {
                        // The entry goes with the transaction.
                        throw Problem.STOCK_TOO_LOW.exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> explain(SqlConnection transaction, String key, Counted counted) {
        return transaction
                .preparedQuery(FIND_ENTRY)
                .execute(Tuple.of(key, counted.productId(), counted.kind(), counted.quantity()))
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    if (!row.getBoolean("stocked")) {
                        throw Problem.PRODUCT_UNKNOWN.exception("This product is unknown, or endless.");
                    }
                    if (!row.getBoolean("same")) {
                        throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Stock stock(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Stock(
                row.getUUID("product_id"),
                row.getLong("received"),
                row.getLong("available"),
                row.getLong("reserved"),
                row.getLong("sold"),
                row.getLong("lost"));
    }
}
