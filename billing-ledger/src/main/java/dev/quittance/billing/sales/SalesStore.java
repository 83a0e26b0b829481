package dev.quittance.billing.sales;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Looks at what nobody tells of: that something did not happen. */
@ApplicationScoped
class SalesStore {
    /** More than this is only told as this; who reads further reads too long. */
    static final int CARTS_MAX = 10_000;

    private static final String COUNT_UNTOUCHED_CARTS = """
            select count(*) as carts from (
              select distinct c.user_id from billing.cart_items c
              where c.updated_at < now() - $1 * interval '1 second'
                and not exists (
                  select from billing.cart_items later
                  where later.user_id = c.user_id and later.updated_at >= now() - $1 * interval '1 second')
              limit $2) untouched
            """;

    private final Pool pool;

    SalesStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Long> countUntouchedCarts(Duration since) {
        return pool.preparedQuery(COUNT_UNTOUCHED_CARTS)
                .execute(Tuple.of((double) since.toSeconds(), CARTS_MAX))
                .map(rows -> rows.iterator().next().getLong("carts"));
    }
}
