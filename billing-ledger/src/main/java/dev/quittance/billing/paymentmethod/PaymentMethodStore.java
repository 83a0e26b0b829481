package dev.quittance.billing.paymentmethod;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.CustomerGone;
import dev.quittance.billing.fact.PaymentMethodSeen;
import dev.quittance.billing.fact.SetupIntentSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** The mirrors of payment methods and setup intents. */
@ApplicationScoped
public class PaymentMethodStore {
    private static final MirrorStore<PaymentMethodSeen> METHODS = new MirrorStore<>(
            "billing.payment_methods",
            "payment_method_id",
            List.of(
                    greatest("customer_id", SqlType.TEXT, PaymentMethodSeen::customerId),
                    latest("kind", SqlType.TEXT, PaymentMethodSeen::kind),
                    latest("brand", SqlType.TEXT, PaymentMethodSeen::brand),
                    latest("last_four", SqlType.TEXT, PaymentMethodSeen::lastFour),
                    latest("expires_month", SqlType.INTEGER, PaymentMethodSeen::expiresMonth),
                    latest("expires_year", SqlType.INTEGER, PaymentMethodSeen::expiresYear),
                    latest("fingerprint", SqlType.TEXT, PaymentMethodSeen::fingerprint),
                    latest("detached", SqlType.BOOLEAN, PaymentMethodSeen::detached),
                    latest("created_at", SqlType.TIMESTAMPTZ, PaymentMethodSeen::createdAt)));

    private static final MirrorStore<SetupIntentSeen> SETUPS = new MirrorStore<>(
            "billing.setup_intents",
            "setup_intent_id",
            List.of(
                    greatest("customer_id", SqlType.TEXT, SetupIntentSeen::customerId),
                    greatest("payment_method_id", SqlType.TEXT, SetupIntentSeen::paymentMethodId),
                    latest("status", SqlType.TEXT, SetupIntentSeen::status),
                    latest("error_code", SqlType.TEXT, SetupIntentSeen::errorCode),
                    latest("created_at", SqlType.TIMESTAMPTZ, SetupIntentSeen::createdAt)));

    private static final String INSERT_DELETED = """
            insert into billing.deleted_customers (stripe_account, customer_id)
            select distinct * from unnest($1::text[], $2::text[]) as s(account, customer)
            order by account, customer
            on conflict do nothing
            """;

    private static final String DETACH = """
            update billing.payment_methods m set detached = true
            where not m.detached
              and ((m.stripe_account, m.customer_id) in (select * from unnest($1::text[], $2::text[]))
                or (m.stripe_account, m.payment_method_id) in (select * from unnest($3::text[], $4::text[])))
              and exists (select from billing.deleted_customers d
                          where d.stripe_account = m.stripe_account and d.customer_id = m.customer_id)
            """;

    PaymentMethodStore() {}

    /** Detaches the methods of deleted customers, whichever of the two is told of later. */
    public Uni<Void> detach(SqlConnection transaction, List<CustomerGone> customers, List<PaymentMethodSeen> methods) {
        if (customers.isEmpty() && methods.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple deleted = Tuple.tuple()
                .addArrayOfString(texts(customers, CustomerGone::account))
                .addArrayOfString(texts(customers, CustomerGone::customerId));
        Tuple concerned = Tuple.tuple()
                .addArrayOfString(texts(customers, CustomerGone::account))
                .addArrayOfString(texts(customers, CustomerGone::customerId))
                .addArrayOfString(texts(methods, PaymentMethodSeen::account))
                .addArrayOfString(texts(methods, PaymentMethodSeen::id));
        return (customers.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(INSERT_DELETED)
                                .execute(deleted)
                                .replaceWithVoid())
                .chain(() -> transaction.preparedQuery(DETACH).execute(concerned))
                .replaceWithVoid();
    }

    private static <T> String[] texts(List<T> facts, Function<T, String> column) {
        return facts.stream().map(column).toArray(String[]::new);
    }

    public Uni<Void> upsert(SqlConnection transaction, List<PaymentMethodSeen> methods) {
        return METHODS.upsert(transaction, methods);
    }

    public Uni<Void> upsertSetups(SqlConnection transaction, List<SetupIntentSeen> setups) {
        return SETUPS.upsert(transaction, setups);
    }
}
