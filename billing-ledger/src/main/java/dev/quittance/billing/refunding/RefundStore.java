package dev.quittance.billing.refunding;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked of Stripe. */
@ApplicationScoped
class RefundStore {
    private static final String REMEMBER = """
            insert into billing.refund_requests
              (idempotency_key, stripe_key, stripe_account, charge_id, payment_intent_id, amount_minor, reason, next_attempt_at)
            values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 millisecond')
            on conflict (idempotency_key) do nothing
            """;

    private static final String FIND = """
            select idempotency_key, stripe_account, charge_id, payment_intent_id, amount_minor, reason, state, refund_id,
                   refund_status, refused_code, attempts
            from billing.refund_requests where idempotency_key = $1
            """;

    // Taken by moving the time of the next attempt on: a process that dies leaves it to the next.
    private static final String TAKE_DUE = """
            update billing.refund_requests r
            set attempts = r.attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond'
            from (select idempotency_key from billing.refund_requests
                  where state = 'asked' and next_attempt_at <= now()
                  order by next_attempt_at limit $1 for update skip locked) due
            where r.idempotency_key = due.idempotency_key
            returning r.idempotency_key, r.stripe_account, r.charge_id, r.payment_intent_id, r.amount_minor, r.reason, r.state,
                      r.refund_id, r.refund_status, r.refused_code, r.attempts
            """;

    private static final String ANSWER = """
            update billing.refund_requests
            set state = $2, refund_id = $3, refund_status = $4, refused_code = $5, answered_at = now()
            where idempotency_key = $1 and state = 'asked'
            """;

    private final Pool pool;

    RefundStore(Pool pool) {
        this.pool = pool;
    }

    /** A request with what is known of its answer. */
    record Known(
            RefundRequest request,
            String state,
            @Nullable String refundId,
            @Nullable String refundStatus,
            @Nullable String refusedCode) {}

    /** The request under this key: the one given, or the one that was there before. */
    Uni<Known> remember(RefundRequest request, Duration lease) {
        return pool.preparedQuery(REMEMBER)
                .execute(Tuple.tuple()
                        .addString(request.idempotencyKey())
                        .addString(request.stripeKey())
                        .addString(request.stripeAccount())
                        .addString(request.chargeId())
                        .addString(request.paymentIntentId())
                        .addLong(request.amountMinor())
                        .addString(request.reason())
                        .addLong(lease.toMillis()))
                .chain(() -> find(request.idempotencyKey()));
    }

    Uni<Known> find(String idempotencyKey) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(idempotencyKey))
                .map(rows -> known(rows.iterator().next()));
    }

    Uni<List<Known>> takeDue(int limit, Duration lease) {
        return pool.preparedQuery(TAKE_DUE)
                .execute(Tuple.of(limit, lease.toMillis()))
                .map(rows -> {
                    List<Known> due = new ArrayList<>();
                    rows.forEach(row -> due.add(known(row)));
                    return due;
                });
    }

    Uni<Void> answer(RefundRequest request, RefundAnswer answer) {
        Tuple columns = switch (answer) {
            case RefundAnswer.Made(String id, String status) -> columns(request, "made", id, status, null);
            case RefundAnswer.Refused(String code) -> columns(request, "refused", null, null, code);
            case RefundAnswer.Unknown unknown -> throw new IllegalStateException("not an answer");
        };
        return pool.preparedQuery(ANSWER).execute(columns).replaceWithVoid();
    }

    private static Tuple columns(
            RefundRequest request,
            String state,
            @Nullable String refundId,
            @Nullable String status,
            @Nullable String code) {
        return Tuple.of(request.idempotencyKey(), state, refundId, status, code);
    }

    private static Known known(Row row) {
        return new Known(
                new RefundRequest(
                        row.getString("idempotency_key"),
                        row.getString("stripe_account"),
                        row.getString("charge_id"),
                        row.getString("payment_intent_id"),
                        row.getLong("amount_minor"),
                        row.getString("reason")),
                row.getString("state"),
                row.getString("refund_id"),
                row.getString("refund_status"),
                row.getString("refused_code"));
    }
}
