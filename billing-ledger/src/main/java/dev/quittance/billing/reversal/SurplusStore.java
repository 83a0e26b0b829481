package dev.quittance.billing.reversal;

import dev.quittance.billing.reversal.SurplusRules.Change;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was paid twice, and how much of it went back. */
@ApplicationScoped
public class SurplusStore {
    private static final int VIEW_MAX = 500;

    private static final String UPSERT = """
            insert into billing.overpayments as t (anchor, excess_minor, returned_minor, currency, revision)
            select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[])
                as s(anchor, excess_minor, returned_minor, currency, revision)
            order by anchor
            on conflict (anchor) do update set
                excess_minor = excluded.excess_minor, returned_minor = excluded.returned_minor, revision = excluded.revision
            """;

    private static final String FIND_OPEN = """
            select o.anchor, s.user_id, o.excess_minor, o.returned_minor, o.currency, o.recorded_at,
                   billing.order_of(c.metadata) as order_id,
                   coalesce(
                     nullif(array(select h.payment_intent_id from billing.invoice_shares h
                                  where h.stripe_account = s.stripe_account and h.invoice_id = s.anchor
                                  order by h.recorded_at, h.payment_intent_id), '{}'),
                     array_remove(array[s.payment_intent_id], null)) as payments
            from billing.overpayments o join billing.settlements s using (anchor)
            left join billing.checkout_sessions c on c.stripe_account = s.stripe_account
                 and c.checkout_session_id = s.checkout_session_id
            where o.excess_minor > o.returned_minor
            order by o.recorded_at, o.anchor limit $1
            """;

    private final Pool pool;

    SurplusStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A purchase that was paid for more than once, as an operator sees it.
     *
     * @param orderId the order that it was paid for, which something else paid too; null for an invoice
     * @param payments all of its payments; one of them is to be given back, or what is too much of it
     */
    record Overpayment(
            String anchor,
            UUID userId,
            @Nullable UUID orderId,
            long excessMinor,
            long returnedMinor,
            String currency,
            List<String> payments,
            Instant since) {
        Overpayment {
            payments = List.copyOf(payments);
        }
    }

    Uni<Void> write(SqlConnection transaction, List<Change> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(changes.stream().map(Change::anchor).toArray(String[]::new))
                .addArrayOfLong(longs(changes, Change::excessMinor))
                .addArrayOfLong(longs(changes, Change::returnedMinor))
                .addArrayOfString(changes.stream().map(Change::currency).toArray(String[]::new))
                .addArrayOfLong(longs(changes, Change::revision));
        return transaction.preparedQuery(UPSERT).execute(columns).replaceWithVoid();
    }

    /** The oldest first. */
    Uni<List<Overpayment>> open() {
        return pool.preparedQuery(FIND_OPEN).execute(Tuple.of(VIEW_MAX)).map(rows -> {
            List<Overpayment> open = new ArrayList<>();
            rows.forEach(row -> open.add(new Overpayment(
                    row.getString("anchor"),
                    row.getUUID("user_id"),
                    row.getUUID("order_id"),
                    row.getLong("excess_minor"),
                    row.getLong("returned_minor"),
                    row.getString("currency"),
                    List.of(row.getArrayOfStrings("payments")),
                    row.getOffsetDateTime("recorded_at").toInstant())));
            return open;
        });
    }

    private static Long[] longs(List<Change> changes, Function<Change, Long> column) {
        return changes.stream().map(column).toArray(Long[]::new);
    }
}
