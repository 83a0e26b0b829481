package dev.quittance.billing.paymentmethod;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.PaymentMethodSeen;
import dev.quittance.billing.fact.SetupIntentSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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

    PaymentMethodStore() {}

    public Uni<Void> upsert(SqlConnection transaction, List<PaymentMethodSeen> methods) {
        return METHODS.upsert(transaction, methods);
    }

    public Uni<Void> upsertSetups(SqlConnection transaction, List<SetupIntentSeen> setups) {
        return SETUPS.upsert(transaction, setups);
    }
}
