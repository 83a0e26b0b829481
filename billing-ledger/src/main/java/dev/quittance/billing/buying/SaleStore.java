package dev.quittance.billing.buying;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is sold for money by itself, as our catalogue and the mirror of Stripe's have it. */
@ApplicationScoped
class SaleStore {
    private static final String FIND_PACKAGE = """
            select package_id as reference, name, points as amount, price_minor, currency
            from billing.packages where package_id = $1 and active
            """;

    private static final String FIND_PLAN = """
            select plan as reference, name, credits as amount, price_minor, currency
            from billing.credit_plans where plan = $1 and active
            """;

    // A price of Stripe's is a voucher's when it, or its product, says what term that has.
    private static final String FIND_PRICE = """
            select p.price_id as reference, coalesce(nullif(d.name, ''), p.price_id) as name, null::bigint as amount,
                   p.unit_amount_minor as price_minor, p.currency
            from billing.prices p
            left join billing.products d on d.stripe_account = p.stripe_account and d.product_id = p.product_id
            where p.stripe_account = '' and p.price_id = $1 and p.active and not p.deleted and p.unit_amount_minor > 0
              and coalesce(d.active and not d.deleted, true)
              and case $2::text when 'subscription' then p.recurring
                  else not p.recurring and (p.metadata || coalesce(d.metadata, '{}')) ?| array['voucher_months', 'voucher_days'] end
            """;

    SaleStore() {}

    Uni<Optional<Sale>> find(SqlConnection transaction, String type, String reference) {
        Uni<RowSet<Row>> rows = switch (type) {
            case "points" -> transaction.preparedQuery(FIND_PACKAGE).execute(Tuple.of(reference));
            case "credits" -> transaction.preparedQuery(FIND_PLAN).execute(Tuple.of(reference));
            default -> transaction.preparedQuery(FIND_PRICE).execute(Tuple.of(reference, type));
        };
        return rows.map(found -> found.size() == 0
                ? Optional.empty()
                : Optional.of(sale(type, found.iterator().next())));
    }

    private static Sale sale(String type, Row row) {
        return new Sale(
                type,
                row.getString("reference"),
                row.getString("name"),
                row.getLong("amount"),
                row.getLong("price_minor"),
                row.getString("currency"));
    }
}
