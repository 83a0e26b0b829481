package dev.quittance.billing.overpayment;

import dev.quittance.billing.overpayment.Overpaid.Payment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Purchases that were paid for more than once, with what is known of their payments. */
@ApplicationScoped
class OverpaymentStore {
    /** What the keys of our own refunds of them begin with. */
    static final String KEY = "overpayment:";

    // Locked, so that two pods do not decide on one at once. One whose payments were not all seen is left for later:
    // nobody could say which of them came last.
    private static final String TAKE = """
            select o.anchor, s.stripe_account, o.excess_minor, p.payments
            from billing.overpayments o
            join billing.settlements s using (anchor)
            cross join lateral (
              select jsonb_agg(jsonb_build_object('id', h.payment_intent_id, 'paid', h.amount_minor,
                         'at', extract(epoch from c.at)::bigint, 'asked', coalesce(q.asked, 0), 'returned', coalesce(r.returned, 0)))
                       as payments,
                     bool_and(c.at is not null) as all_seen, coalesce(sum(q.asked), 0) as asked
              from (
                select stripe_account, payment_intent_id, amount_minor from billing.invoice_shares
                where stripe_account = s.stripe_account and invoice_id = o.anchor
                union all
                select s.stripe_account, s.payment_intent_id, s.amount_minor where s.payment_intent_id = o.anchor) h
              left join lateral (
                select min(created_at) as at from billing.charges c
                where c.stripe_account = h.stripe_account and c.payment_intent_id = h.payment_intent_id and c.paid) c on true
              left join lateral (
                select sum(amount_minor)::bigint as asked from billing.refund_requests q
                where q.payment_intent_id = h.payment_intent_id and starts_with(q.idempotency_key, $3::text || o.anchor || ':')) q on true
              left join lateral (
                select sum(amount_minor)::bigint as returned from billing.refunds r
                where r.stripe_account = h.stripe_account and r.payment_intent_id = h.payment_intent_id
                  and r.status not in ('failed', 'canceled')
                  and not exists (select from billing.refund_requests q
                                  where q.payment_intent_id = r.payment_intent_id and q.refund_id = r.refund_id
                                    and starts_with(q.idempotency_key, $3::text || o.anchor || ':'))) r on true) p
            where o.excess_minor > o.returned_minor and o.recorded_at <= now() - $1 * interval '1 millisecond'
              and p.all_seen and o.excess_minor > p.asked
            order by o.recorded_at, o.anchor
            limit $2
            for update of o skip locked
            """;

    OverpaymentStore() {}

    Uni<List<Overpaid>> take(SqlConnection transaction, Duration grace, int limit) {
        return transaction
                .preparedQuery(TAKE)
                .execute(Tuple.of(grace.toMillis(), limit, KEY))
                .map(rows -> {
                    List<Overpaid> found = new ArrayList<>();
                    rows.forEach(row -> found.add(overpaid(row)));
                    return found;
                });
    }

    private static Overpaid overpaid(Row row) {
        JsonArray stored = row.getJsonArray("payments");
        List<Payment> payments = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            JsonObject payment = stored.getJsonObject(i);
            payments.add(new Payment(
                    payment.getString("id"),
                    payment.getLong("paid"),
                    Instant.ofEpochSecond(payment.getLong("at")),
                    payment.getLong("asked"),
                    payment.getLong("returned")));
        }
        return new Overpaid(
                row.getString("anchor"), row.getString("stripe_account"), row.getLong("excess_minor"), payments);
    }
}
