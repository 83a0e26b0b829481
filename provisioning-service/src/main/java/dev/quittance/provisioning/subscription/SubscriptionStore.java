package dev.quittance.provisioning.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.plan.CatalogueKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Loads what subscription rules look at: one statement per table for a whole batch. */
public final class SubscriptionStore {
    /** Most events of one subscription that are looked at, the newest first. */
    static final int STATES_MAX = 500;

    /** Most subscriptions that are told again because their product became known: it is new, so they are few. */
    static final int OF_PRODUCTS_MAX = 1_000;

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String FIND_OWNERS = """
            select c.stripe_account, c.stripe_customer_id, c.user_id, a.account_number
            from provisioning.stripe_customers c
            join unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
              using (stripe_account, stripe_customer_id)
            join provisioning.accounts a on a.user_id = c.user_id
            where c.is_announced
            """;

    private static final String LOCK_SUBSCRIPTIONS = """
            select s.stripe_account, s.id, s.user_id, a.account_number, s.told, s.revision
            from provisioning.subscriptions s
            join unnest($1::text[], $2::text[]) as q (stripe_account, id) using (stripe_account, id)
            join provisioning.accounts a on a.user_id = s.user_id
            order by s.stripe_account, s.id
            for no key update of s
            """;

    private static final String FIND_STATES = """
            select q.stripe_account, q.id, l.snapshot::text as snapshot
            from unnest($1::text[], $2::text[]) as q (stripe_account, id)
            cross join lateral (
              select s.snapshot from provisioning.subscription_states s
              where s.stripe_account = q.stripe_account and s.subscription_id = q.id
              order by s.progress desc, s.stated_at desc, s.is_update desc limit $3) l
            """;

    private static final String FIND_OF_PRODUCTS = """
            select distinct i.stripe_account, i.subscription_id as id
            from provisioning.subscription_items i
            join unnest($1::text[], $2::text[]) as q (stripe_account, product_id) using (stripe_account, product_id)
            where i.is_current limit $3
            """;

    private static final String FIND_VOUCHERS = """
            select p.stripe_account, p.product_id, p.voucher_months, p.voucher_days
            from provisioning.products p
            join unnest($1::text[], $2::text[]) as q (stripe_account, product_id) using (stripe_account, product_id)
            where p.voucher_months is not null or p.voucher_days is not null
            """;

    /** Whose the customers are, of those that it is certain of. */
    public Uni<Map<CustomerKey, Standing.Owner>> owners(SqlConnection transaction, Collection<CustomerKey> customers) {
        Map<CustomerKey, Standing.Owner> owners = new HashMap<>();
        if (customers.isEmpty()) {
            return Uni.createFrom().item(owners);
        }
        return transaction
                .preparedQuery(FIND_OWNERS)
                .execute(keys(customers, CustomerKey::stripeAccount, CustomerKey::customerId))
                .invoke(rows -> rows.forEach(row -> owners.put(
                        new CustomerKey(row.getString("stripe_account"), row.getString("stripe_customer_id")),
                        new Standing.Owner(row.getUUID("user_id"), row.getString("account_number")))))
                .replaceWith(owners);
    }

    /** The current subscriptions to products that became known. */
    public Uni<Set<SubscriptionKey>> ofProducts(SqlConnection transaction, Collection<CatalogueKey> products) {
        Set<SubscriptionKey> found = new HashSet<>();
        if (products.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return transaction
                .preparedQuery(FIND_OF_PRODUCTS)
                .execute(keys(products, CatalogueKey::stripeAccount, CatalogueKey::id)
                        .addInteger(OF_PRODUCTS_MAX))
                .invoke(rows -> rows.forEach(row -> found.add(key(row))))
                .replaceWith(found);
    }

    /** The subscriptions that are known, locked, with all that was said of them. */
    public Uni<Map<SubscriptionKey, Standing>> load(SqlConnection transaction, Collection<SubscriptionKey> wanted) {
        Map<SubscriptionKey, Standing> known = new LinkedHashMap<>();
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        return transaction
                .preparedQuery(LOCK_SUBSCRIPTIONS)
                .execute(keys(wanted, SubscriptionKey::stripeAccount, SubscriptionKey::id))
                .invoke(rows -> rows.forEach(row -> known.put(
                        key(row),
                        new Standing(
                                key(row),
                                row.getUUID("user_id"),
                                row.getString("account_number"),
                                row.getString("told"),
                                row.getLong("revision")))))
                .chain(() -> transaction
                        .preparedQuery(FIND_STATES)
                        .execute(keys(known.keySet(), SubscriptionKey::stripeAccount, SubscriptionKey::id)
                                .addInteger(STATES_MAX)))
                .invoke(rows -> rows.forEach(row -> {
                    Standing standing = known.get(key(row));
                    if (standing != null) {
                        standing.load(snapshot(row.getString("snapshot")));
                    }
                }))
                .replaceWith(known);
    }

    /** What the products give for each period, where they give a voucher. */
    public Uni<Map<CatalogueKey, VoucherTerm>> vouchers(SqlConnection transaction, Collection<CatalogueKey> products) {
        Map<CatalogueKey, VoucherTerm> vouchers = new HashMap<>();
        if (products.isEmpty()) {
            return Uni.createFrom().item(vouchers);
        }
        return transaction
                .preparedQuery(FIND_VOUCHERS)
                .execute(keys(products, CatalogueKey::stripeAccount, CatalogueKey::id))
                .invoke(rows -> rows.forEach(row -> {
                    Integer months = row.getInteger("voucher_months");
                    Integer days = row.getInteger("voucher_days");
                    vouchers.put(
                            new CatalogueKey(row.getString("stripe_account"), row.getString("product_id")),
                            new VoucherTerm(months == null ? 0 : months, days == null ? 0 : days));
                }))
                .replaceWith(vouchers);
    }

    static SubscriptionKey key(Row row) {
        return new SubscriptionKey(row.getString("stripe_account"), row.getString("id"));
    }

    static <K> Tuple keys(Collection<K> keys, Function<K, String> first, Function<K, String> second) {
        return Tuple.tuple()
                .addArrayOfString(keys.stream().map(first).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(second).toArray(String[]::new));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Snapshot snapshot(String json) {
        try {
            return JSON.readValue(json, Snapshot.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
