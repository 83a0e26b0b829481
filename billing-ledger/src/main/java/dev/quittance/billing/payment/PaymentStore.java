package dev.quittance.billing.payment;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.fact.IntentSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mirrors of payment intents and charges. */
@ApplicationScoped
public class PaymentStore {
    private static final MirrorStore<ChargeSeen> CHARGES = new MirrorStore<>(
            "billing.charges",
            "charge_id",
            List.of(
                    greatest("payment_intent_id", SqlType.TEXT, ChargeSeen::paymentIntentId),
                    latest("status", SqlType.TEXT, ChargeSeen::status),
                    greatest("paid", SqlType.BOOLEAN, ChargeSeen::paid),
                    greatest("captured", SqlType.BOOLEAN, ChargeSeen::captured),
                    latest("amount_minor", SqlType.BIGINT, ChargeSeen::amountMinor),
                    greatest("amount_captured_minor", SqlType.BIGINT, ChargeSeen::amountCapturedMinor),
                    greatest("amount_refunded_minor", SqlType.BIGINT, ChargeSeen::amountRefundedMinor),
                    latest("currency", SqlType.TEXT, ChargeSeen::currency),
                    greatest("customer_id", SqlType.TEXT, ChargeSeen::customerId),
                    greatest("invoice_id", SqlType.TEXT, ChargeSeen::invoiceId),
                    greatest("balance_transaction_id", SqlType.TEXT, ChargeSeen::balanceTransactionId),
                    latest("failure_code", SqlType.TEXT, ChargeSeen::failureCode),
                    latest("receipt_email", SqlType.TEXT, ChargeSeen::receiptEmail),
                    latest("billing_details", SqlType.JSONB, ChargeSeen::billingDetails),
                    latest("created_at", SqlType.TIMESTAMPTZ, ChargeSeen::createdAt)));

    private static final MirrorStore<IntentSeen> INTENTS = new MirrorStore<>(
            "billing.payment_intents",
            "payment_intent_id",
            List.of(
                    latest("status", SqlType.TEXT, IntentSeen::status),
                    latest("amount_minor", SqlType.BIGINT, IntentSeen::amountMinor),
                    greatest("amount_received_minor", SqlType.BIGINT, IntentSeen::amountReceivedMinor),
                    latest("currency", SqlType.TEXT, IntentSeen::currency),
                    greatest("customer_id", SqlType.TEXT, IntentSeen::customerId),
                    greatest("invoice_id", SqlType.TEXT, IntentSeen::invoiceId),
                    latest("receipt_email", SqlType.TEXT, IntentSeen::receiptEmail),
                    latest("metadata", SqlType.JSONB, intent -> json(intent.terms())),
                    latest("created_at", SqlType.TIMESTAMPTZ, IntentSeen::createdAt)));

    private static @Nullable String json(Map<String, String> terms) {
        return terms.isEmpty() ? null : new JsonObject(Map.copyOf(terms)).encode();
    }

    PaymentStore() {}

    public Uni<Void> upsertIntents(SqlConnection transaction, List<IntentSeen> intents) {
        return INTENTS.upsert(transaction, intents);
    }

    public Uni<Void> upsertCharges(SqlConnection transaction, List<ChargeSeen> charges) {
        return CHARGES.upsert(transaction, charges);
    }
}
