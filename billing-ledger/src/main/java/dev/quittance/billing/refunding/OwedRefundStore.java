package dev.quittance.billing.refunding;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Refunds that are owed without anybody asking. Written with the transaction that finds it out; the job asks Stripe. */
@ApplicationScoped
public class OwedRefundStore {
    private static final String OWE = """
            insert into billing.refund_requests (idempotency_key, stripe_key, stripe_account, payment_intent_id, amount_minor)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
            on conflict (idempotency_key) do nothing
            """;

    OwedRefundStore() {}

    /**
     * What goes back.
     *
     * @param key what makes it the only one, such as {@code order:{order}:sold_out}
     * @param account the Stripe account that the payment is of; empty for the merchant's own
     */
    public record Owed(String key, String account, String paymentIntentId, long amountMinor) {
        public Owed {
            Objects.requireNonNull(key, "key is null");
            Objects.requireNonNull(account, "account is null");
            Objects.requireNonNull(paymentIntentId, "paymentIntentId is null");
            if (amountMinor < 1) {
                throw new IllegalArgumentException("nothing to give back");
            }
        }

        /** Of the merchant's own account. */
        public Owed(String key, String paymentIntentId, long amountMinor) {
            this(key, "", paymentIntentId, amountMinor);
        }

        private String stripeKey() {
            return new RefundRequest(key, account, null, paymentIntentId, amountMinor, null).stripeKey();
        }
    }

    public Uni<Void> owe(SqlConnection transaction, List<Owed> owed) {
        if (owed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(owed.stream().map(Owed::key).toArray(String[]::new))
                .addArrayOfString(owed.stream().map(Owed::stripeKey).toArray(String[]::new))
                .addArrayOfString(owed.stream().map(Owed::account).toArray(String[]::new))
                .addArrayOfString(owed.stream().map(Owed::paymentIntentId).toArray(String[]::new))
                .addArrayOfLong(owed.stream().map(Owed::amountMinor).toArray(Long[]::new));
        return transaction.preparedQuery(OWE).execute(columns).replaceWithVoid();
    }
}
