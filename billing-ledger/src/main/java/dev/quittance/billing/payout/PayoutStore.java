package dev.quittance.billing.payout;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.PayoutSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The mirror of payouts. */
@ApplicationScoped
public class PayoutStore {
    private static final MirrorStore<PayoutSeen> PAYOUTS = new MirrorStore<>(
            "billing.payouts",
            "payout_id",
            List.of(
                    latest("status", SqlType.TEXT, PayoutSeen::status),
                    latest("amount_minor", SqlType.BIGINT, PayoutSeen::amountMinor),
                    latest("currency", SqlType.TEXT, PayoutSeen::currency),
                    latest("automatic", SqlType.BOOLEAN, PayoutSeen::automatic),
                    greatest("reconciled", SqlType.BOOLEAN, PayoutSeen::reconciled),
                    greatest("balance_transaction_id", SqlType.TEXT, PayoutSeen::balanceTransactionId),
                    latest("failure_code", SqlType.TEXT, PayoutSeen::failureCode),
                    latest("arrival_at", SqlType.TIMESTAMPTZ, PayoutSeen::arrivalAt),
                    latest("created_at", SqlType.TIMESTAMPTZ, PayoutSeen::createdAt)));

    PayoutStore() {}

    public Uni<Void> upsert(SqlConnection transaction, List<PayoutSeen> payouts) {
        return PAYOUTS.upsert(transaction, payouts);
    }
}
