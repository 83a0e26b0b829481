package dev.quittance.billing.reversal;

import dev.quittance.billing.fact.RefundSeen;
import dev.quittance.billing.reversal.Standing.Applied;
import dev.quittance.billing.reversal.Standing.Claim;
import dev.quittance.billing.reversal.Standing.Disputed;
import dev.quittance.billing.reversal.Standing.Doubt;
import dev.quittance.billing.reversal.Standing.Surplus;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Loads settled purchases with everything that befell their payments. */
@ApplicationScoped
public class StandingStore {
    private static final String LOAD = """
            select s.anchor, s.stripe_account, s.user_id, s.account_number, s.amount_minor, s.currency, s.points, s.credits,
                   coalesce(t.revision, 0) as revision, coalesce(t.points_taken, 0) as points_taken,
                   coalesce(t.credits_taken, 0) as credits_taken,
                   s.occurred_at, coalesce(o.excess_minor, 0) as booked_excess, coalesce(o.returned_minor, 0) as returned,
                   coalesce(o.revision, 0) as surplus_revision,
                   coalesce((select s.amount_minor from billing.checkout_sessions c
                             join billing.orders o on o.order_id = billing.order_of(c.metadata) and o.stripe_account = c.stripe_account
                             where c.stripe_account = s.stripe_account and c.checkout_session_id = s.checkout_session_id
                               and o.checkout_session_id is distinct from c.checkout_session_id
                               and s.points = 0 and s.credits = 0 and s.vouchers = 0),
                            (select greatest(0, (
                               select sum(h.amount_minor) from billing.invoice_shares h
                               where h.stripe_account = n.stripe_account and h.invoice_id = n.invoice_id)
                               - coalesce(n.due_minor, n.total_minor))
                             from billing.invoices n
                             where n.stripe_account = s.stripe_account and n.invoice_id = s.anchor), 0)::bigint as excess,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', r.refund_id, 'reason', r.reason,
                               'amount', r.amount_minor, 'at', extract(epoch from r.created_at)::bigint)), '[]')
                    from billing.refunds r
                    where r.stripe_account = s.stripe_account and r.payment_intent_id = any(p.intents)
                      and r.status not in ('failed', 'canceled')) as refunds,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', d.dispute_id, 'status', d.status,
                               'amount', d.amount_minor, 'currency', d.currency, 'withdrawn', d.withdrawn,
                               'reinstated', d.reinstated, 'known', m.known, 'moved', m.moved, 'moved_currency', m.currency,
                               'at', extract(epoch from d.created_at)::bigint)), '[]')
                    from billing.disputes d
                    cross join lateral (
                      select count(*) > 0 as known, coalesce(-sum(b.amount_minor), 0)::bigint as moved,
                             case when count(distinct b.currency) = 1 then min(b.currency) else '' end as currency
                      from billing.balance_transactions b
                      where b.stripe_account = d.stripe_account and b.source_id = d.dispute_id and b.kind = 'dispute') m
                    where d.stripe_account = s.stripe_account and d.payment_intent_id = any(p.intents)) as disputes,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'reason', w.reason, 'open', w.open,
                               'at', extract(epoch from w.created_at)::bigint)), '[]')
                    from (select warning_id as id, 'early_fraud_warning' as reason, actionable as open, created_at
                          from billing.fraud_warnings w
                          where w.stripe_account = s.stripe_account and w.payment_intent_id = any(p.intents)
                          union all
                          select review_id, 'review', open, created_at from billing.reviews v
                          where v.stripe_account = s.stripe_account and v.payment_intent_id = any(p.intents)) w) as doubts,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', n.credit_note_id,
                               'amount', n.amount_minor - n.refunded_minor, 'at', extract(epoch from n.created_at)::bigint)), '[]')
                    from billing.credit_notes n
                    where n.stripe_account = s.stripe_account and n.invoice_id = s.anchor and n.status <> 'void'
                      and n.amount_minor > n.refunded_minor) as notes,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', v.reversal_id, 'cause', v.cause,
                               'amount', v.amount_minor, 'at', extract(epoch from v.occurred_at)::bigint)), '[]')
                    from billing.reversals v where v.anchor = s.anchor) as applied,
                   (select coalesce(jsonb_object_agg(h.hold_id, h.released), '{}')
                    from billing.payment_holds h where h.anchor = s.anchor) as holds
            from billing.settlements s
            left join billing.standings t using (anchor)
            left join billing.overpayments o using (anchor)
            cross join lateral (
              select array_agg(i) as intents from (
                select s.payment_intent_id union
                select i.payment_intent_id from billing.invoice_payments i
                where i.stripe_account = s.stripe_account and i.invoice_id = s.anchor) as x(i)) p
            where s.anchor = any($1)
            order by s.anchor
            """;

    StandingStore() {}

    Uni<List<Standing>> load(SqlConnection transaction, Collection<String> anchors) {
        Tuple keys = Tuple.tuple().addArrayOfString(anchors.toArray(String[]::new));
        return transaction.preparedQuery(LOAD).execute(keys).map(rows -> {
            List<Standing> standings = new ArrayList<>();
            rows.forEach(row -> standings.add(standing(row)));
            return standings;
        });
    }

    private static Standing standing(Row row) {
        Map<String, Applied> applied = new HashMap<>();
        objects(row.getJsonArray("applied"), Function.identity())
                .forEach(one -> applied.put(
                        one.getString("id"), new Applied(one.getString("cause"), one.getLong("amount"), at(one))));
        Map<String, Boolean> holds = new HashMap<>();
        row.getJsonObject("holds").forEach(hold -> holds.put(hold.getKey(), (Boolean) hold.getValue()));
        return new Standing(
                row.getString("anchor"),
                row.getString("stripe_account"),
                row.getUUID("user_id"),
                row.getString("account_number"),
                new Money(row.getLong("amount_minor"), row.getString("currency")),
                row.getLong("points"),
                row.getLong("credits"),
                row.getLong("revision"),
                row.getLong("points_taken"),
                row.getLong("credits_taken"),
                new Surplus(
                        row.getLong("excess"),
                        row.getLong("booked_excess"),
                        row.getLong("returned"),
                        row.getLong("surplus_revision"),
                        row.getOffsetDateTime("occurred_at").toInstant()),
                claims(row),
                objects(row.getJsonArray("disputes"), StandingStore::dispute),
                objects(
                        row.getJsonArray("doubts"),
                        one -> new Doubt(
                                one.getString("id"), one.getString("reason"), one.getBoolean("open"), at(one))),
                applied,
                holds);
    }

    private static List<Claim> claims(Row row) {
        List<Claim> claims = new ArrayList<>(objects(row.getJsonArray("refunds"), StandingStore::refund));
        claims.addAll(objects(
                row.getJsonArray("notes"),
                note -> new Claim(note.getString("id"), "credit_note", note.getLong("amount"), at(note))));
        return claims;
    }

    /** What the customer's bank called back counts like a dispute that was lost. */
    private static Claim refund(JsonObject refund) {
        return new Claim(
                refund.getString("id"),
                RefundSeen.RETURNED.equals(refund.getString("reason")) ? "dispute" : "refund",
                refund.getLong("amount"),
                at(refund));
    }

    private static Disputed dispute(JsonObject dispute) {
        return new Disputed(
                dispute.getString("id"),
                dispute.getString("status"),
                dispute.getLong("amount"),
                dispute.getString("currency"),
                dispute.getBoolean("withdrawn"),
                dispute.getBoolean("reinstated"),
                dispute.getBoolean("known"),
                dispute.getLong("moved"),
                dispute.getString("moved_currency"),
                at(dispute));
    }

    private static Instant at(JsonObject object) {
        return Instant.ofEpochSecond(object.getLong("at"));
    }

    private static <T> List<T> objects(JsonArray array, Function<JsonObject, T> reading) {
        List<T> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            objects.add(reading.apply(array.getJsonObject(i)));
        }
        return objects;
    }
}
