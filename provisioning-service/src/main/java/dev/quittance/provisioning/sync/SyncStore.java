package dev.quittance.provisioning.sync;

import dev.quittance.provisioning.customer.CustomerKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Stripe is to be asked or told of customers. */
@ApplicationScoped
public class SyncStore {
    private static final String FIND = """
            select u.id, u.email, u.full_name, c.stripe_customer_id,
                   (select count(*) from provisioning.stripe_customers k where k.user_id = u.id) as customers
            from provisioning.users u
            join auth.users a on a.id = u.id and a.deleted_at is null
            left join provisioning.stripe_customers c
              on c.user_id = u.id and c.is_primary and c.stripe_account = ''
            where u.id = $1
            """;

    private static final String WITHOUT_CUSTOMER = """
            select u.id, u.email, u.full_name, null as stripe_customer_id,
                   (select count(*) from provisioning.stripe_customers k where k.user_id = u.id) as customers
            from provisioning.accounts acc
            join provisioning.users u on u.id = acc.user_id and u.email is not null
            where u.id > $1 and not exists (
              select from provisioning.stripe_customers c
              where c.user_id = u.id and c.stripe_account = '' and c.deleted_at is null)
            order by u.id limit $2
            """;

    private static final String LINKED = """
            select stripe_account, stripe_customer_id from provisioning.stripe_customers
            where deleted_at is null and stripe_customer_id > $1
            order by stripe_customer_id, stripe_account limit $2
            """;

    private static final String LEASE = """
            update provisioning.customer_pushes set attempts = attempts + 1, next_attempt_at = $2
            where user_id in (select user_id from provisioning.customer_pushes where next_attempt_at <= $1
                              order by next_attempt_at limit $3 for update skip locked)
            returning user_id, attempts, recorded_at
            """;

    // Only what Stripe says otherwise is told: that is how an answer is not answered.
    private static final String TO_TELL = """
            select c.stripe_account, c.stripe_customer_id, u.email, u.full_name
            from provisioning.users u
            join provisioning.stripe_customers c on c.user_id = u.id and c.deleted_at is null
            where u.id = $1 and (u.email is distinct from c.customer_email or u.full_name is distinct from c.customer_name)
            order by c.stripe_account, c.stripe_customer_id limit 100
            """;

    private static final String DONE =
            "delete from provisioning.customer_pushes where user_id = $1 and recorded_at = $2";

    private static final String POSTPONE =
            "update provisioning.customer_pushes set next_attempt_at = $2 where user_id = $1";

    private final Pool pool;

    SyncStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * How somebody is called and reached.
     *
     * @param pushedAs which of the user's changes this is
     */
    record Contact(@Nullable String email, @Nullable String name, String pushedAs) {}

    /** A user with the customer, if there is one. */
    record Holder(UUID userId, Contact contact, @Nullable String customerId, long customers) {}

    /** A change that this process tells. */
    record Leased(UUID userId, int attempts, Instant recordedAt) {}

    /** What one customer is to be told. */
    record ToTell(CustomerKey customer, Contact contact) {}

    Uni<Optional<Holder>> find(UUID userId) {
        return list(FIND, Tuple.of(userId), SyncStore::holder)
                .map(found -> found.stream().findFirst());
    }

    Uni<List<Holder>> withoutCustomer(UUID after, int limit) {
        return list(WITHOUT_CUSTOMER, Tuple.of(after, limit), SyncStore::holder);
    }

    Uni<List<CustomerKey>> linked(String after, int limit) {
        return list(LINKED, Tuple.of(after, limit), SyncStore::customer);
    }

    Uni<List<Leased>> lease(Instant now, Instant until, int limit) {
        return list(
                LEASE,
                Tuple.of(now.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), limit),
                row -> new Leased(
                        row.getUUID("user_id"),
                        row.getInteger("attempts"),
                        row.getOffsetDateTime("recorded_at").toInstant()));
    }

    Uni<List<ToTell>> toTell(Leased leased) {
        return list(
                TO_TELL,
                Tuple.of(leased.userId()),
                row -> new ToTell(
                        customer(row),
                        new Contact(
                                row.getString("email"),
                                row.getString("full_name"),
                                leased.recordedAt().toString())));
    }

    /** Nothing more is to be told, unless the user changed something meanwhile. */
    Uni<Void> done(Leased leased) {
        return pool.preparedQuery(DONE)
                .execute(Tuple.of(leased.userId(), leased.recordedAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Void> postpone(Leased leased, Instant until) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(leased.userId(), until.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private <T> Uni<List<T>> list(String sql, Tuple values, Function<Row, T> read) {
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            List<T> found = new ArrayList<>();
            rows.forEach(row -> found.add(read.apply(row)));
            return found;
        });
    }

    private static Holder holder(Row row) {
        return new Holder(
                row.getUUID("id"),
                new Contact(row.getString("email"), row.getString("full_name"), ""),
                row.getString("stripe_customer_id"),
                row.getLong("customers"));
    }

    private static CustomerKey customer(Row row) {
        return new CustomerKey(row.getString("stripe_account"), row.getString("stripe_customer_id"));
    }
}
