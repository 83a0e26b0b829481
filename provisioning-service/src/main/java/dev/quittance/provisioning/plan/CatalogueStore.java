package dev.quittance.provisioning.plan;

import dev.quittance.provisioning.customer.Stamp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The mirrors of products and prices, and the plans made of them. A later word replaces an earlier one, never the reverse. */
public final class CatalogueStore {
    private static final String UPSERT_PRODUCTS = """
            insert into provisioning.products as p (stripe_account, product_id, name, description, is_active, metadata,
              benefits, resources, voucher_months, voucher_days, as_of)
            select a, id, name, description, is_active, metadata::jsonb, benefits::jsonb, resources::jsonb, months, days, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::text[], $7::text[], $8::text[],
                        $9::int[], $10::int[], $11::text[])
              as q (a, id, name, description, is_active, metadata, benefits, resources, months, days, as_of)
            on conflict (stripe_account, product_id) do update set
              name = excluded.name, description = excluded.description, is_active = excluded.is_active,
              metadata = excluded.metadata, benefits = excluded.benefits, resources = excluded.resources,
              voucher_months = excluded.voucher_months, voucher_days = excluded.voucher_days,
              as_of = excluded.as_of, updated_at = now()
            where p.as_of is null or excluded.as_of > p.as_of
            """;

    private static final String BURY_PRODUCTS = """
            insert into provisioning.products as p (stripe_account, product_id, is_deleted)
            select a, id, true from unnest($1::text[], $2::text[]) as q (a, id)
            on conflict (stripe_account, product_id) do update set is_deleted = true, updated_at = now()
            where not p.is_deleted
            """;

    private static final String FIND_PRODUCTS = """
            select stripe_account, product_id, as_of from provisioning.products
            join unnest($1::text[], $2::text[]) as q (stripe_account, product_id) using (stripe_account, product_id)
            """;

    private static final String UPSERT_PRICES = """
            insert into provisioning.prices as p (stripe_account, price_id, product_id, currency, unit_amount_minor,
              is_recurring, recurring_interval, interval_count, nickname, is_active, metadata, benefits, resources, as_of)
            select a, id, product_id, currency, amount, recurrence is not null, recurrence, count, nickname, is_active,
                   metadata::jsonb, benefits::jsonb, resources::jsonb, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[], $8::text[],
                        $9::bool[], $10::text[], $11::text[], $12::text[], $13::text[])
              as q (a, id, product_id, currency, amount, recurrence, count, nickname, is_active, metadata, benefits,
                    resources, as_of)
            on conflict (stripe_account, price_id) do update set
              product_id = excluded.product_id, currency = excluded.currency,
              unit_amount_minor = excluded.unit_amount_minor, is_recurring = excluded.is_recurring,
              recurring_interval = excluded.recurring_interval, interval_count = excluded.interval_count,
              nickname = excluded.nickname, is_active = excluded.is_active, metadata = excluded.metadata,
              benefits = excluded.benefits, resources = excluded.resources, as_of = excluded.as_of, updated_at = now()
            where p.as_of is null or excluded.as_of > p.as_of
            """;

    private static final String BURY_PRICES = """
            insert into provisioning.prices as p (stripe_account, price_id, is_deleted)
            select a, id, true from unnest($1::text[], $2::text[]) as q (a, id)
            on conflict (stripe_account, price_id) do update set is_deleted = true, updated_at = now()
            where not p.is_deleted
            """;

    private static final String DERIVE_PLANS = """
            insert into provisioning.plans as p (name, description, price_minor, price_currency, benefits, resources,
              stripe_account, stripe_price_id, stripe_plan_id, recurring_interval, interval_count, is_offered)
            select coalesce(o.name, c.nickname), o.description, c.unit_amount_minor, c.currency,
                   coalesce(c.benefits, o.benefits, '[]'), coalesce(c.resources, o.resources), c.stripe_account, c.price_id,
                   c.price_id, c.recurring_interval, c.interval_count,
                   c.is_active and not c.is_deleted and coalesce(o.is_active and not o.is_deleted, true)
            from provisioning.prices c left join provisioning.products o using (stripe_account, product_id)
            where c.is_recurring and c.as_of is not null
              and ((c.stripe_account, c.price_id) in (select * from unnest($1::text[], $2::text[]))
                or (c.stripe_account, c.product_id) in (select * from unnest($3::text[], $4::text[])))
            on conflict (stripe_account, stripe_price_id) do update set
              name = excluded.name, description = excluded.description, price_minor = excluded.price_minor,
              price_currency = excluded.price_currency, benefits = excluded.benefits, resources = excluded.resources,
              recurring_interval = excluded.recurring_interval, interval_count = excluded.interval_count,
              is_offered = excluded.is_offered, updated_at = now()
            where (p.name, p.description, p.price_minor, p.price_currency, p.benefits, p.resources, p.recurring_interval,
                   p.interval_count, p.is_offered)
              is distinct from (excluded.name, excluded.description, excluded.price_minor, excluded.price_currency,
                   excluded.benefits, excluded.resources, excluded.recurring_interval, excluded.interval_count,
                   excluded.is_offered)
            """;

    private static final String ATTACH_PLANS = """
            update provisioning.customer_plan c set plan_id = p.id, resources = coalesce(c.resources, p.resources)
            from provisioning.plans p
            where c.plan_id is null and c.stripe_account = p.stripe_account and c.stripe_price_id = p.stripe_price_id
              and ((p.stripe_account, p.stripe_price_id) in (select * from unnest($1::text[], $2::text[])))
            """;

    /** Writes products; those that are known now and were not before, by their content. */
    public Uni<Set<CatalogueKey>> products(SqlConnection transaction, Collection<ProductFact> facts) {
        if (facts.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        List<ProductFact> stated =
                Latest.of(facts, ProductFact::key, ProductFact::stamp, fact -> fact.content() != null);
        Tuple named = keys(stated, ProductFact::key);
        return transaction
                .preparedQuery(FIND_PRODUCTS)
                .execute(named)
                .map(rows -> {
                    Set<CatalogueKey> fresh =
                            new HashSet<>(stated.stream().map(ProductFact::key).toList());
                    rows.forEach(row -> {
                        if (row.getString("as_of") != null) {
                            fresh.remove(product(row));
                        }
                    });
                    return fresh;
                })
                .call(() -> execute(transaction, UPSERT_PRODUCTS, stated.isEmpty(), () -> productColumns(stated)))
                .call(() -> bury(transaction, BURY_PRODUCTS, deleted(facts, ProductFact::isDeleted, ProductFact::key)));
    }

    /** Which of the products are there. */
    public Uni<Set<CatalogueKey>> known(SqlConnection transaction, Collection<CatalogueKey> products) {
        if (products.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return transaction
                .preparedQuery(FIND_PRODUCTS)
                .execute(keys(products, Function.identity()))
                .map(rows -> {
                    Set<CatalogueKey> known = new HashSet<>();
                    rows.forEach(row -> known.add(product(row)));
                    return known;
                });
    }

    /** Writes prices, whose products are there. */
    public Uni<Void> prices(SqlConnection transaction, Collection<PriceFact> facts) {
        List<PriceFact> stated = Latest.of(facts, PriceFact::key, PriceFact::stamp, fact -> fact.content() != null);
        return execute(transaction, UPSERT_PRICES, stated.isEmpty(), () -> priceColumns(stated))
                .chain(() -> bury(transaction, BURY_PRICES, deleted(facts, PriceFact::isDeleted, PriceFact::key)));
    }

    /** Brings the plans in step with the prices and products that were written. */
    public Uni<Void> derivePlans(
            SqlConnection transaction, Collection<PriceFact> prices, Collection<ProductFact> products) {
        if (prices.isEmpty() && products.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple changed = keys(prices, PriceFact::key);
        List<CatalogueKey> changedProducts =
                products.stream().map(ProductFact::key).toList();
        Tuple both = keys(prices, PriceFact::key)
                .addArrayOfString(changedProducts.stream()
                        .map(CatalogueKey::stripeAccount)
                        .toArray(String[]::new))
                .addArrayOfString(changedProducts.stream().map(CatalogueKey::id).toArray(String[]::new));
        return transaction
                .preparedQuery(DERIVE_PLANS)
                .execute(both)
                .chain(() -> execute(transaction, ATTACH_PLANS, prices.isEmpty(), () -> changed));
    }

    private static Uni<Void> execute(
            SqlConnection transaction, String sql, boolean isEmpty, java.util.function.Supplier<Tuple> columns) {
        return isEmpty
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(sql).execute(columns.get()).replaceWithVoid();
    }

    private static Uni<Void> bury(SqlConnection transaction, String sql, List<CatalogueKey> keys) {
        return execute(transaction, sql, keys.isEmpty(), () -> keys(keys, Function.identity()));
    }

    private static <T> List<CatalogueKey> deleted(
            Collection<T> facts, java.util.function.Predicate<T> isDeleted, Function<T, CatalogueKey> key) {
        return facts.stream().filter(isDeleted).map(key).distinct().toList();
    }

    private static CatalogueKey product(Row row) {
        return new CatalogueKey(row.getString("stripe_account"), row.getString("product_id"));
    }

    private static <T> Tuple keys(Collection<T> facts, Function<T, CatalogueKey> key) {
        return Tuple.tuple()
                .addArrayOfString(
                        facts.stream().map(key).map(CatalogueKey::stripeAccount).toArray(String[]::new))
                .addArrayOfString(facts.stream().map(key).map(CatalogueKey::id).toArray(String[]::new));
    }

    private static Tuple productColumns(List<ProductFact> facts) {
        List<ProductFact.Content> contents = facts.stream()
                .map(fact -> Objects.requireNonNull(fact.content()))
                .toList();
        return keys(facts, ProductFact::key)
                .addArrayOfString(texts(contents, ProductFact.Content::name))
                .addArrayOfString(texts(contents, ProductFact.Content::description))
                .addArrayOfBoolean(
                        contents.stream().map(ProductFact.Content::isActive).toArray(Boolean[]::new))
                .addArrayOfString(texts(contents, content -> json(content.metadata())))
                .addArrayOfString(texts(contents, ProductFact.Content::benefits))
                .addArrayOfString(texts(contents, ProductFact.Content::resources))
                .addArrayOfInteger(contents.stream()
                        .map(ProductFact.Content::voucherMonths)
                        .toArray(Integer[]::new))
                .addArrayOfInteger(
                        contents.stream().map(ProductFact.Content::voucherDays).toArray(Integer[]::new))
                .addArrayOfString(
                        facts.stream().map(ProductFact::stamp).map(Stamp::text).toArray(String[]::new));
    }

    private static Tuple priceColumns(List<PriceFact> facts) {
        List<PriceFact.Content> contents = facts.stream()
                .map(fact -> Objects.requireNonNull(fact.content()))
                .toList();
        return keys(facts, PriceFact::key)
                .addArrayOfString(texts(contents, PriceFact.Content::productId))
                .addArrayOfString(texts(contents, PriceFact.Content::currency))
                .addArrayOfLong(contents.stream()
                        .map(PriceFact.Content::unitAmountMinor)
                        .toArray(Long[]::new))
                .addArrayOfString(texts(contents, PriceFact.Content::interval))
                .addArrayOfInteger(
                        contents.stream().map(PriceFact.Content::intervalCount).toArray(Integer[]::new))
                .addArrayOfString(texts(contents, PriceFact.Content::nickname))
                .addArrayOfBoolean(
                        contents.stream().map(PriceFact.Content::isActive).toArray(Boolean[]::new))
                .addArrayOfString(texts(contents, content -> json(content.metadata())))
                .addArrayOfString(texts(contents, PriceFact.Content::benefits))
                .addArrayOfString(texts(contents, PriceFact.Content::resources))
                .addArrayOfString(
                        facts.stream().map(PriceFact::stamp).map(Stamp::text).toArray(String[]::new));
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        List<@Nullable String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(column.apply(row)));
        return texts.toArray(new String[0]);
    }

    private static String json(Map<String, String> metadata) {
        return new JsonObject(Map.copyOf(metadata)).encode();
    }
}
