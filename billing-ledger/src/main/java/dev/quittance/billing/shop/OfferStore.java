package dev.quittance.billing.shop;

import dev.quittance.billing.shop.ProductView.Offer;
import dev.quittance.billing.shop.ProductView.Priced;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What is sold by itself: packages of points, credit plans, and Stripe's prices of vouchers and subscriptions. */
@ApplicationScoped
class OfferStore {
    private static final String LIST_PACKAGES = """
            select package_id as id, name, 'points' as unit, points as amount, price_minor, currency, active
            from billing.packages where active order by price_minor, package_id limit $1
            """;

    private static final String LIST_PLANS = """
            select plan as id, name, 'credits' as unit, credits as amount, price_minor, currency, active
            from billing.credit_plans where active order by price_minor, plan limit $1
            """;

    private static final String PUT_PACKAGE = """
            insert into billing.packages (package_id, name, points, price_minor, currency, active) values ($1, $2, $3, $4, $5, $6)
            on conflict (package_id) do update set name = excluded.name, points = excluded.points,
              price_minor = excluded.price_minor, currency = excluded.currency, active = excluded.active
            """;

    private static final String PUT_PLAN = """
            insert into billing.credit_plans (plan, name, credits, price_minor, currency, active) values ($1, $2, $3, $4, $5, $6)
            on conflict (plan) do update set name = excluded.name, credits = excluded.credits,
              price_minor = excluded.price_minor, currency = excluded.currency, active = excluded.active
            """;

    // What a checkout sells by its price's id, and no other.
    private static final String LIST_PRICES = """
            select p.price_id, coalesce(nullif(d.name, ''), p.price_id) as name, p.unit_amount_minor, p.currency,
                   (select coalesce(jsonb_object_agg(t.key, t.value), '{}')
                    from jsonb_each(coalesce(d.metadata, '{}') || p.metadata) t
                    where t.key in ('points', 'credits', 'voucher_months', 'voucher_days')) as terms
            from billing.prices p
            left join billing.products d on d.stripe_account = p.stripe_account and d.product_id = p.product_id
            where p.stripe_account = '' and p.active and not p.deleted and p.unit_amount_minor > 0
              and coalesce(d.active and not d.deleted, true)
              and case when $1::boolean then p.recurring
                  else not p.recurring and (p.metadata || coalesce(d.metadata, '{}')) ?| array['voucher_months', 'voucher_days'] end
            order by p.unit_amount_minor, p.price_id limit $2
            """;

    /** A shop has a handful. */
    private static final int OFFERS_MAX = 200;

    private final Pool pool;

    OfferStore(Pool pool) {
        this.pool = pool;
    }

    Uni<List<Offer>> list(String unit) {
        return pool.preparedQuery(unit.equals("points") ? LIST_PACKAGES : LIST_PLANS)
                .execute(Tuple.of(OFFERS_MAX))
                .map(rows -> {
                    List<Offer> offers = new ArrayList<>();
                    rows.forEach(row -> offers.add(new Offer(
                            row.getString("id"),
                            row.getString("name"),
                            row.getString("unit"),
                            row.getLong("amount"),
                            row.getLong("price_minor"),
                            row.getString("currency"),
                            row.getBoolean("active"))));
                    return offers;
                });
    }

    /** Stripe's prices of subscriptions, or else of vouchers. */
    Uni<List<Priced>> prices(boolean recurring) {
        return pool.preparedQuery(LIST_PRICES)
                .execute(Tuple.of(recurring, OFFERS_MAX))
                .map(rows -> {
                    List<Priced> prices = new ArrayList<>();
                    rows.forEach(row -> prices.add(new Priced(
                            row.getString("price_id"),
                            row.getString("name"),
                            row.getLong("unit_amount_minor"),
                            row.getString("currency"),
                            row.getJsonObject("terms").getMap())));
                    return prices;
                });
    }

    Uni<Void> put(Offer offer) {
        return pool.preparedQuery(offer.unit().equals("points") ? PUT_PACKAGE : PUT_PLAN)
                .execute(Tuple.of(
                        offer.id(), offer.name(), offer.amount(), offer.priceMinor(), offer.currency(), offer.active()))
                .replaceWithVoid();
    }
}
