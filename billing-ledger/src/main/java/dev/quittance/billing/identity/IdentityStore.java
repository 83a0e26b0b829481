package dev.quittance.billing.identity;

import dev.quittance.billing.fact.CustomerKnown;
import dev.quittance.billing.fact.IdentityKnown;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Whose checkout sessions and customers are. What was once told stays: a purchase does not change hands. */
@ApplicationScoped
public class IdentityStore {
    private static final String INSERT = """
            insert into billing.identities (stripe_account, checkout_session_id, user_id, account_number)
            select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[]) as s(account, session, user_id, number)
            order by account, session
            on conflict do nothing
            """;

    private static final String INSERT_CUSTOMERS = """
            insert into billing.customers (stripe_account, customer_id, user_id, account_number)
            select distinct on (account, customer) * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[])
                as s(account, customer, user_id, number)
            order by account, customer
            on conflict do nothing
            """;

    IdentityStore() {}

    public Uni<Void> insertCustomers(SqlConnection transaction, List<CustomerKnown> customers) {
        if (customers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(customers.stream().map(CustomerKnown::account).toArray(String[]::new))
                .addArrayOfString(
                        customers.stream().map(CustomerKnown::customerId).toArray(String[]::new))
                .addArrayOfUUID(customers.stream().map(CustomerKnown::userId).toArray(UUID[]::new))
                .addArrayOfString(
                        customers.stream().map(CustomerKnown::accountNumber).toArray(String[]::new));
        return transaction.preparedQuery(INSERT_CUSTOMERS).execute(columns).replaceWithVoid();
    }

    public Uni<Void> insert(SqlConnection transaction, List<IdentityKnown> identities) {
        if (identities.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(
                        identities.stream().map(IdentityKnown::account).toArray(String[]::new))
                .addArrayOfString(
                        identities.stream().map(IdentityKnown::sessionId).toArray(String[]::new))
                .addArrayOfUUID(identities.stream().map(IdentityKnown::userId).toArray(UUID[]::new))
                .addArrayOfString(
                        identities.stream().map(IdentityKnown::accountNumber).toArray(String[]::new));
        return transaction.preparedQuery(INSERT).execute(columns).replaceWithVoid();
    }
}
