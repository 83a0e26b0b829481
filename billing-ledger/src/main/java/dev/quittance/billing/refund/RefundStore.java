package dev.quittance.billing.refund;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.RefundSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The mirror of refunds. */
@ApplicationScoped
public class RefundStore {
    private static final MirrorStore<RefundSeen> REFUNDS = new MirrorStore<>(
            "billing.refunds",
            "refund_id",
            List.of(
                    greatest("charge_id", SqlType.TEXT, RefundSeen::chargeId),
                    greatest("payment_intent_id", SqlType.TEXT, RefundSeen::paymentIntentId),
                    latest("status", SqlType.TEXT, RefundSeen::status),
                    latest("amount_minor", SqlType.BIGINT, RefundSeen::amountMinor),
                    latest("currency", SqlType.TEXT, RefundSeen::currency),
                    greatest("reason", SqlType.TEXT, RefundSeen::reason),
                    latest("failure_reason", SqlType.TEXT, RefundSeen::failureReason),
                    greatest("balance_transaction_id", SqlType.TEXT, RefundSeen::balanceTransactionId),
                    latest("created_at", SqlType.TIMESTAMPTZ, RefundSeen::createdAt)));

    RefundStore() {}

    public Uni<Void> upsert(SqlConnection transaction, List<RefundSeen> refunds) {
        return REFUNDS.upsert(transaction, refunds);
    }
}
