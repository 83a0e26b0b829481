package dev.quittance.billing.fulfilment;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What may be fetched, and how often it was. */
@ApplicationScoped
class DownloadStore {
    private static final String LIST = """
            select i.line, i.name, coalesce(d.used_max - d.used, $3) as uses
            from billing.orders o join billing.order_items i on i.order_id = o.order_id
            left join billing.downloads d on d.order_id = i.order_id and d.line = i.line
            where o.order_id = $1 and o.user_id = $2 and i.type = 'digital' and i.fulfilled_at is not null
              and o.status <> 'refunded'
            order by i.line
            """;

    // One statement, so that the last use is nobody's twice.
    private static final String USE = """
            insert into billing.downloads as d (order_id, line, used, used_max)
            select i.order_id, i.line, 1, $3 from billing.order_items i join billing.orders o on o.order_id = i.order_id
            where i.order_id = $1 and i.line = $2 and i.type = 'digital' and i.fulfilled_at is not null and o.status <> 'refunded'
            on conflict (order_id, line) do update set used = d.used + 1 where d.used < d.used_max
            returning (select p.content_url from billing.order_items i join billing.shop_products p on p.product_id = i.product_id
                       where i.order_id = d.order_id and i.line = d.line) as content_url
            """;

    private final Pool pool;

    DownloadStore(Pool pool) {
        this.pool = pool;
    }

    /** Something that may be fetched. */
    record Item(int line, String name, int left) {}

    Uni<List<Item>> list(UUID order, UUID user, int most) {
        return pool.preparedQuery(LIST).execute(Tuple.of(order, user, most)).map(rows -> {
            List<Item> items = new ArrayList<>();
            rows.forEach(
                    row -> items.add(new Item(row.getInteger("line"), row.getString("name"), row.getInteger("uses"))));
            return items;
        });
    }

    /** Where it lies, when it may be fetched once more. */
    Uni<Optional<String>> use(UUID order, int line, int most) {
        return pool.preparedQuery(USE)
                .execute(Tuple.of(order, (short) line, most))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.ofNullable(rows.iterator().next().getString("content_url")));
    }
}
