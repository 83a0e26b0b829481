package dev.quittance.provisioning.organisation;

import dev.quittance.provisioning.organisation.Organisation.Member;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Organisations, who belongs to them, and which customers are theirs. */
@ApplicationScoped
class OrganisationStore {
    private static final int LISTED_MAX = 1_000;

    private static final String CREATE = "insert into provisioning.organisations (name) values ($1) returning id";

    private static final String FIND = "select name from provisioning.organisations where id = $1";

    private static final String FIND_MEMBERS = """
            select user_id, role from provisioning.organisation_members where organisation_id = $1
            order by role desc, user_id limit $2
            """;

    private static final String FIND_CUSTOMERS = """
            select stripe_customer_id from provisioning.stripe_customers where organisation_id = $1
            order by stripe_customer_id limit $2
            """;

    // What the customer's metadata said before its user belonged to the organisation holds from now on.
    private static final String JOIN = """
            with known as (
              select o.id as organisation_id, u.id as user_id from provisioning.organisations o
              join auth.users u on u.id = $2 and u.deleted_at is null where o.id = $1),
            joined as (
              insert into provisioning.organisation_members (organisation_id, user_id, role)
              select organisation_id, user_id, $3 from known
              on conflict (organisation_id, user_id) do update set role = excluded.role
              returning organisation_id, user_id),
            owned as (
              update provisioning.stripe_customers c set organisation_id = j.organisation_id, updated_at = now()
              from joined j
              where c.user_id = j.user_id and c.organisation_id is distinct from j.organisation_id
                and lower(c.customer_metadata ->> 'organisation_id') = j.organisation_id::text)
            select user_id from joined
            """;

    // Who leaves takes the own customers along.
    private static final String LEAVE = """
            with gone as (
              delete from provisioning.organisation_members where organisation_id = $1 and user_id = $2
              returning organisation_id, user_id),
            freed as (
              update provisioning.stripe_customers c set organisation_id = null, updated_at = now()
              from gone g where c.user_id = g.user_id and c.organisation_id = g.organisation_id)
            select user_id from gone
            """;

    private static final String OWN = """
            update provisioning.stripe_customers c set organisation_id = $1, updated_at = now()
            where c.stripe_account = '' and c.stripe_customer_id = $2 and c.deleted_at is null
              and exists (select from provisioning.organisation_members m
                          where m.organisation_id = $1 and m.user_id = c.user_id)
            returning c.id
            """;

    private static final String DISOWN = """
            update provisioning.stripe_customers c set organisation_id = null, updated_at = now()
            where c.stripe_account = '' and c.stripe_customer_id = $2 and c.organisation_id = $1 returning c.id
            """;

    private final Pool pool;

    OrganisationStore(Pool pool) {
        this.pool = pool;
    }

    Uni<UUID> create(String name) {
        return pool.preparedQuery(CREATE)
                .execute(Tuple.of(name))
                .map(rows -> rows.iterator().next().getUUID("id"));
    }

    Uni<Optional<Organisation>> find(UUID id) {
        return pool.withConnection(connection -> connection
                .preparedQuery(FIND)
                .execute(Tuple.of(id))
                .chain(named -> {
                    if (named.size() == 0) {
                        return Uni.createFrom().item(Optional.<Organisation>empty());
                    }
                    String name = named.iterator().next().getString("name");
                    List<Member> members = new ArrayList<>();
                    List<String> customers = new ArrayList<>();
                    return connection
                            .preparedQuery(FIND_MEMBERS)
                            .execute(Tuple.of(id, LISTED_MAX))
                            .invoke(rows -> rows.forEach(
                                    row -> members.add(new Member(row.getUUID("user_id"), row.getString("role")))))
                            .chain(() ->
                                    connection.preparedQuery(FIND_CUSTOMERS).execute(Tuple.of(id, LISTED_MAX)))
                            .invoke(rows -> rows.forEach(row -> customers.add(row.getString("stripe_customer_id"))))
                            .map(_ -> Optional.of(new Organisation(id, name, members, customers)));
                }));
    }

    /** Whether there are such an organisation and such a user. */
    Uni<Boolean> join(UUID organisation, UUID user, String role) {
        return pool.preparedQuery(JOIN)
                .execute(Tuple.of(organisation, user, role))
                .map(OrganisationStore::isAny);
    }

    Uni<Boolean> leave(UUID organisation, UUID user) {
        return pool.preparedQuery(LEAVE).execute(Tuple.of(organisation, user)).map(OrganisationStore::isAny);
    }

    /** Whether the customer is a member's. */
    Uni<Boolean> own(UUID organisation, String customer) {
        return pool.preparedQuery(OWN).execute(Tuple.of(organisation, customer)).map(OrganisationStore::isAny);
    }

    Uni<Boolean> disown(UUID organisation, String customer) {
        return pool.preparedQuery(DISOWN)
                .execute(Tuple.of(organisation, customer))
                .map(OrganisationStore::isAny);
    }

    private static boolean isAny(RowSet<Row> rows) {
        return rows.size() > 0;
    }
}
