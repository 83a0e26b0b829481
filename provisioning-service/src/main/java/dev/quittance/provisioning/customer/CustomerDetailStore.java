package dev.quittance.provisioning.customer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Writes what customers are besides whose they are, once their links stand: one statement per table for a whole batch. */
public final class CustomerDetailStore {
    private static final String APPEND_DELETIONS = """
            insert into provisioning.deleted_customers (stripe_account, stripe_customer_id, deleted_at, event_id)
            select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[])
            on conflict (stripe_account, stripe_customer_id) do nothing
            """;

    private static final String BURY_LINKS = """
            update provisioning.stripe_customers c
            set deleted_at = d.deleted_at, is_primary = false, updated_at = now()
            from provisioning.deleted_customers d
            join unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
              using (stripe_account, stripe_customer_id)
            where (c.stripe_account, c.stripe_customer_id) = (d.stripe_account, d.stripe_customer_id)
              and c.deleted_at is null
            returning c.user_id
            """;

    // Who lost the primary customer goes on with the oldest alias that lives.
    private static final String PROMOTE_ALIASES = """
            update provisioning.stripe_customers set is_primary = true, updated_at = now()
            where id in (
              select distinct on (c.stripe_account, c.user_id) c.id from provisioning.stripe_customers c
              where c.user_id = any ($1) and c.deleted_at is null
                and not exists (select from provisioning.stripe_customers p
                                where (p.stripe_account, p.user_id) = (c.stripe_account, c.user_id) and p.is_primary)
              order by c.stripe_account, c.user_id, c.created_at, c.stripe_customer_id)
            """;

    private static final String UPDATE_DETAILS = """
            update provisioning.stripe_customers c
            set default_payment_method = q.method, billing_address = q.address::jsonb, details_as_of = q.as_of,
                updated_at = now()
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
              as q (stripe_account, stripe_customer_id, method, address, as_of)
            where (c.stripe_account, c.stripe_customer_id) = (q.stripe_account, q.stripe_customer_id)
              and (c.details_as_of is null or c.details_as_of < q.as_of collate "C")
            """;

    // The metadata may say so of an organisation that the user belongs to, and of no other.
    private static final String ASSIGN_ORGANISATIONS = """
            update provisioning.stripe_customers c
            set organisation_id = m.organisation_id, updated_at = now()
            from unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
            join provisioning.stripe_customers l using (stripe_account, stripe_customer_id)
            join provisioning.organisation_members m on m.user_id = l.user_id
              and m.organisation_id::text = lower(l.customer_metadata ->> 'organisation_id')
            where c.id = l.id and c.organisation_id is distinct from m.organisation_id
            """;

    private static final String UPSERT_METHODS = """
            insert into provisioning.payment_method_summaries as p
              (stripe_account, payment_method_id, type, brand, last_four, exp_month, exp_year, is_attached, as_of)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[],
                                 $8::bool[], $9::text[])
            on conflict (stripe_account, payment_method_id) do update set
              type = excluded.type, brand = excluded.brand, last_four = excluded.last_four,
              exp_month = excluded.exp_month, exp_year = excluded.exp_year, is_attached = excluded.is_attached,
              as_of = excluded.as_of
            where p.as_of < excluded.as_of
            """;

    // The profile shows what the primary customer pays by and where the bills go.
    private static final String REFRESH_PROFILES = """
            with shown as (
              select c.user_id, c.billing_address,
                     case when p.is_attached then jsonb_strip_nulls(jsonb_build_object(
                       'type', p.type, 'brand', p.brand, 'last_four', p.last_four,
                       'exp_month', p.exp_month, 'exp_year', p.exp_year)) end as payment_method
              from provisioning.stripe_customers c
              left join provisioning.payment_method_summaries p
                on (p.stripe_account, p.payment_method_id) = (c.stripe_account, c.default_payment_method)
              where c.is_primary and c.stripe_account = ''
                and (c.user_id in (select l.user_id from provisioning.stripe_customers l
                       join unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
                         using (stripe_account, stripe_customer_id))
                     or c.user_id = any ($3)
                     or c.default_payment_method = any ($4)))
            update provisioning.users u
            set payment_method = s.payment_method, billing_address = coalesce(s.billing_address, u.billing_address),
                updated_at = now()
            from shown s
            where u.id = s.user_id
              and (u.payment_method, u.billing_address)
                is distinct from (s.payment_method, coalesce(s.billing_address, u.billing_address))
            """;

    /** Writes the changes of a batch; the links that they speak of were written before. */
    public Uni<Void> flush(SqlConnection transaction, CustomerChanges changes) {
        Set<CustomerKey> customers = changes.customers();
        List<PaymentMethodSummary> methods = changes.methods();
        if (customers.isEmpty() && methods.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<UUID> bereft = new LinkedHashSet<>(changes.left());
        return execute(transaction, APPEND_DELETIONS, changes.deletions(), CustomerDetailStore::deletions)
                .chain(() -> transaction.preparedQuery(BURY_LINKS).execute(keys(customers)))
                .invoke(rows -> rows.forEach(row -> bereft.add(row.getUUID("user_id"))))
                .chain(() -> execute(transaction, PROMOTE_ALIASES, bereft, CustomerDetailStore::ids))
                .chain(() -> execute(transaction, UPDATE_DETAILS, changes.details(), CustomerDetailStore::details))
                .chain(() -> execute(transaction, ASSIGN_ORGANISATIONS, customers, CustomerDetailStore::keys))
                .chain(() -> execute(transaction, UPSERT_METHODS, methods, CustomerDetailStore::methods))
                .chain(() -> transaction
                        .preparedQuery(REFRESH_PROFILES)
                        .execute(keys(customers)
                                .addArrayOfUUID(bereft.toArray(UUID[]::new))
                                .addArrayOfString(column(methods, PaymentMethodSummary::id, String[]::new))))
                .replaceWithVoid();
    }

    private static <T> Uni<Void> execute(
            SqlConnection transaction, String sql, Collection<T> rows, Function<Collection<T>, Tuple> columns) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(sql).execute(columns.apply(rows)).replaceWithVoid();
    }

    private static Tuple keys(Collection<CustomerKey> keys) {
        return Tuple.tuple()
                .addArrayOfString(column(keys, CustomerKey::stripeAccount, String[]::new))
                .addArrayOfString(column(keys, CustomerKey::customerId, String[]::new));
    }

    private static Tuple ids(Collection<UUID> ids) {
        return Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new));
    }

    private static Tuple deletions(Collection<CustomerDeletion> deletions) {
        return keys(deletions.stream().map(CustomerDeletion::key).toList())
                .addArrayOfOffsetDateTime(
                        column(deletions, row -> row.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                .addArrayOfString(column(deletions, CustomerDeletion::eventId, String[]::new));
    }

    private static Tuple details(Collection<CustomerDetail> details) {
        return keys(details.stream().map(CustomerDetail::key).toList())
                .addArrayOfString(column(details, CustomerDetail::defaultPaymentMethod, String[]::new))
                .addArrayOfString(column(details, CustomerDetail::billingAddress, String[]::new))
                .addArrayOfString(column(details, row -> row.stamp().text(), String[]::new));
    }

    private static Tuple methods(Collection<PaymentMethodSummary> methods) {
        return Tuple.tuple()
                .addArrayOfString(column(methods, PaymentMethodSummary::stripeAccount, String[]::new))
                .addArrayOfString(column(methods, PaymentMethodSummary::id, String[]::new))
                .addArrayOfString(column(methods, PaymentMethodSummary::type, String[]::new))
                .addArrayOfString(column(methods, PaymentMethodSummary::brand, String[]::new))
                .addArrayOfString(column(methods, PaymentMethodSummary::lastFour, String[]::new))
                .addArrayOfInteger(column(methods, PaymentMethodSummary::expiryMonth, Integer[]::new))
                .addArrayOfInteger(column(methods, PaymentMethodSummary::expiryYear, Integer[]::new))
                .addArrayOfBoolean(column(methods, PaymentMethodSummary::isAttached, Boolean[]::new))
                .addArrayOfString(column(methods, row -> row.stamp().text(), String[]::new));
    }

    private static <T, C> C[] column(
            Collection<T> rows, Function<T, ? extends @Nullable C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
