package dev.quittance.provisioning.sync;

import dev.quittance.provisioning.subscription.InvoiceKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invoices whose lines are to be asked for. */
@ApplicationScoped
public class InvoiceLineStore {
    private static final String LEASE = """
            update provisioning.invoice_lines set attempts = attempts + 1, next_attempt_at = $2
            where (stripe_account, invoice_id) in (
              select stripe_account, invoice_id from provisioning.invoice_lines
              where outcome is null and next_attempt_at <= $1
              order by next_attempt_at limit $3 for update skip locked)
            returning stripe_account, invoice_id, attempts
            """;

    private static final String POSTPONE = """
            update provisioning.invoice_lines set next_attempt_at = $3
            where stripe_account = $1 and invoice_id = $2 and outcome is null
            """;

    private static final String FINISH = """
            update provisioning.invoice_lines set outcome = $3, lines = $4::text::jsonb
            where stripe_account = $1 and invoice_id = $2 and outcome is null
            """;

    private final Pool pool;

    InvoiceLineStore(Pool pool) {
        this.pool = pool;
    }

    /** A question that this process has taken. */
    record Leased(InvoiceKey invoice, int attempts) {}

    Uni<List<Leased>> lease(Instant now, Instant until, int limit) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> {
                    List<Leased> leased = new ArrayList<>();
                    rows.forEach(row -> leased.add(new Leased(
                            new InvoiceKey(row.getString("stripe_account"), row.getString("invoice_id")),
                            row.getInteger("attempts"))));
                    return leased;
                });
    }

    Uni<Void> postpone(InvoiceKey invoice, Instant until) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(invoice.stripeAccount(), invoice.invoiceId(), until.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** @param lines as Stripe wrote them; null when there will be none */
    Uni<Void> finish(SqlConnection transaction, InvoiceKey invoice, String outcome, @Nullable String lines) {
        return transaction
                .preparedQuery(FINISH)
                .execute(Tuple.of(invoice.stripeAccount(), invoice.invoiceId(), outcome, lines))
                .replaceWithVoid();
    }
}
