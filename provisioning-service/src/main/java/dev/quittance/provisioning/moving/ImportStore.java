package dev.quittance.provisioning.moving;

import dev.quittance.provisioning.customer.CustomerKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Rows that an operator laid down, and how far they are taken over. */
@ApplicationScoped
public class ImportStore {
    // A profile's own words stand; what was laid down fills what is empty.
    private static final String TAKE_PROFILES = """
            with page as (
              select i.user_id from provisioning.import_profiles i where i.done_at is null
              order by i.user_id limit $1 for update),
            filled as (
              update provisioning.users u
              set full_name = coalesce(u.full_name, i.full_name), avatar_url = coalesce(u.avatar_url, i.avatar_url),
                  billing_address = coalesce(u.billing_address, i.billing_address), type = coalesce(u.type, i.type),
                  updated_at = now()
              from provisioning.import_profiles i join page using (user_id) where u.id = i.user_id
              returning u.id)
            update provisioning.import_profiles i
            set done_at = now(), refusal = case when f.id is null then 'user-unknown' end
            from page p left join filled f on f.id = p.user_id where i.user_id = p.user_id
            """;

    // A plan that Stripe told of stands; a customer's plan that waited for this one is attached to it.
    private static final String TAKE_PLANS = """
            with page as (
              select i.key from provisioning.import_plans i where i.done_at is null order by i.key limit $1 for update),
            judged as (
              select i.*, case when jsonb_typeof(i.benefits) <> 'array' then 'benefits-no-list'
                               when i.price_currency !~ '^[A-Za-z]{3}$' then 'currency-unknown' end as refused
              from provisioning.import_plans i join page using (key)),
            made as (
              insert into provisioning.plans (name, description, price_minor, price_currency, benefits, resources,
                stripe_account, stripe_price_id, stripe_plan_id, recurring_interval, interval_count, is_offered)
              select name, description, price_minor, upper(price_currency), benefits, resources, stripe_account,
                     stripe_price_id, stripe_price_id, recurring_interval, interval_count, is_offered
              from judged where refused is null order by key
              on conflict (stripe_account, stripe_price_id) do nothing
              returning id, stripe_account, stripe_price_id, resources),
            attached as (
              update provisioning.customer_plan c set plan_id = m.id, resources = coalesce(c.resources, m.resources)
              from made m
              where c.plan_id is null and c.stripe_account = m.stripe_account and c.stripe_price_id = m.stripe_price_id)
            update provisioning.import_plans i set done_at = now(), refusal = j.refused from judged j where i.key = j.key
            """;

    private static final String NEXT_LINKS = """
            select stripe_account, stripe_customer_id, user_id from provisioning.import_links where done_at is null
            order by stripe_account, stripe_customer_id limit $1
            """;

    // Those that may be linked are left undone; the rest is told why not.
    private static final String REFUSE = """
            update provisioning.import_links i
            set done_at = now(), refusal = r.refusal
            from (
              select q.stripe_account, q.stripe_customer_id, case
                when i.stripe_customer_id !~ '^cus_[a-zA-Z0-9]{1,250}$' then 'customer-id-invalid'
                when not exists (select from auth.users u where u.id = i.user_id and u.deleted_at is null)
                  then 'user-unknown'
                when c.user_id <> i.user_id then 'linked-to-another' end as refusal
              from unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
              join provisioning.import_links i using (stripe_account, stripe_customer_id)
              left join provisioning.stripe_customers c using (stripe_account, stripe_customer_id)) r
            where (i.stripe_account, i.stripe_customer_id) = (r.stripe_account, r.stripe_customer_id)
              and r.refusal is not null
            """;

    private static final String LINKABLE = """
            update provisioning.import_links i set done_at = now()
            from unnest($1::text[], $2::text[]) as q (stripe_account, stripe_customer_id)
            where (i.stripe_account, i.stripe_customer_id) = (q.stripe_account, q.stripe_customer_id)
              and i.done_at is null
            returning i.stripe_account, i.stripe_customer_id, i.user_id
            """;

    private static final String COUNT_LEFT = """
            select (select count(*) from provisioning.import_profiles where done_at is null)
                 + (select count(*) from provisioning.import_links where done_at is null)
                 + (select count(*) from provisioning.import_plans where done_at is null) as left
            """;

    private static final String COUNT_REFUSED = """
            select (select count(*) from provisioning.import_profiles where refusal is not null)
                 + (select count(*) from provisioning.import_links where refusal is not null)
                 + (select count(*) from provisioning.import_plans where refusal is not null) as refused
            """;

    private final Pool pool;

    ImportStore(Pool pool) {
        this.pool = pool;
    }

    /** A link as it was laid down; the customer's id may be anything. */
    record Laid(String stripeAccount, String customerId, UUID userId) {
        String subject() {
            return "customer:" + stripeAccount + "/" + customerId;
        }

        CustomerKey key() {
            return new CustomerKey(stripeAccount, customerId);
        }
    }

    /**
     * How far the job is.
     *
     * @param left rows that are neither done nor refused
     */
    public record Progress(long left, long refused) {}

    Uni<Void> takeProfiles(int limit) {
        return pool.preparedQuery(TAKE_PROFILES).execute(Tuple.of(limit)).replaceWithVoid();
    }

    Uni<Void> takePlans(int limit) {
        return pool.preparedQuery(TAKE_PLANS).execute(Tuple.of(limit)).replaceWithVoid();
    }

    Uni<List<Laid>> nextLinks(int limit) {
        return pool.preparedQuery(NEXT_LINKS).execute(Tuple.of(limit)).map(rows -> {
            List<Laid> laid = new ArrayList<>();
            rows.forEach(row -> laid.add(new Laid(
                    row.getString("stripe_account"), row.getString("stripe_customer_id"), row.getUUID("user_id"))));
            return laid;
        });
    }

    /** Those of the page that nothing speaks against; they count as done. */
    Uni<List<Laid>> takeLinks(SqlConnection transaction, Collection<Laid> page) {
        return transaction
                .preparedQuery(REFUSE)
                .execute(keys(page))
                .chain(() -> transaction.preparedQuery(LINKABLE).execute(keys(page)))
                .map(rows -> {
                    List<Laid> laid = new ArrayList<>();
                    rows.forEach(row -> laid.add(new Laid(
                            row.getString("stripe_account"),
                            row.getString("stripe_customer_id"),
                            row.getUUID("user_id"))));
                    return laid;
                });
    }

    Uni<Progress> progress() {
        return pool.query(COUNT_LEFT)
                .execute()
                .map(rows -> rows.iterator().next().getLong("left"))
                .chain(left -> pool.query(COUNT_REFUSED)
                        .execute()
                        .map(rows -> new Progress(left, rows.iterator().next().getLong("refused"))));
    }

    private static Tuple keys(Collection<Laid> laid) {
        return Tuple.tuple()
                .addArrayOfString(laid.stream().map(Laid::stripeAccount).toArray(String[]::new))
                .addArrayOfString(laid.stream().map(Laid::customerId).toArray(String[]::new));
    }
}
