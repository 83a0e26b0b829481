package dev.quittance.billing.receipt;

import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Purchases and their receipts. */
@ApplicationScoped
class ReceiptStore {
    private static final String BEGIN = """
            insert into billing.receipts (anchor, user_id)
            select s.anchor, s.user_id from billing.settlements s
            where s.recorded_at > now() - $1 * interval '1 millisecond'
              and not exists (select from billing.receipts r where r.anchor = s.anchor)
            order by s.recorded_at limit $2
            on conflict do nothing
            """;

    // Taken by moving the time of the next attempt on: a process that dies leaves it to the next.
    private static final String TAKE = """
            update billing.receipts r
            set attempts = r.attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond'
            from (select anchor from billing.receipts where state = 'sending' and next_attempt_at <= now()
                  order by next_attempt_at limit $1 for update skip locked) due,
                 billing.settlements s
            where r.anchor = due.anchor and s.anchor = due.anchor
            returning s.anchor, s.amount_minor, s.currency, s.points, s.credits, s.vouchers, s.occurred_at,
              coalesce(
                (select i.receipt_email from billing.payment_intents i
                 where i.stripe_account = s.stripe_account and i.payment_intent_id = s.payment_intent_id),
                (select coalesce(c.receipt_email, c.billing_details ->> 'email') from billing.charges c
                 where c.stripe_account = s.stripe_account and c.payment_intent_id = s.payment_intent_id
                 order by c.created_at desc limit 1)) as address
            """;

    private static final String FINISH = """
            update billing.receipts set state = $2, done_at = now() where anchor = $1 and state = 'sending'
            """;

    private final Pool pool;

    ReceiptStore(Pool pool) {
        this.pool = pool;
    }

    /** Takes purchases that nobody has receipted yet. */
    Uni<List<Receipt>> take(Duration window, int limit, Duration lease) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(window.toMillis(), limit))
                .chain(() -> pool.preparedQuery(TAKE).execute(Tuple.of(limit, lease.toMillis())))
                .map(rows -> {
                    List<Receipt> receipts = new ArrayList<>();
                    rows.forEach(row -> receipts.add(new Receipt(
                            row.getString("anchor"),
                            row.getString("address"),
                            new Money(row.getLong("amount_minor"), row.getString("currency")),
                            row.getLong("points"),
                            row.getLong("credits"),
                            row.getInteger("vouchers"),
                            row.getOffsetDateTime("occurred_at").toInstant())));
                    return receipts;
                });
    }

    Uni<Void> finish(Receipt receipt, String state) {
        return pool.preparedQuery(FINISH)
                .execute(Tuple.of(receipt.anchor(), state))
                .replaceWithVoid();
    }
}
