package dev.quittance.provisioning.subscription;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The lines of invoices whose events show the first ones only. */
public final class LineStore {
    private static final String FIND = """
            select l.stripe_account, l.invoice_id, l.lines::text as lines
            from provisioning.invoice_lines l
            join unnest($1::text[], $2::text[]) as q (stripe_account, invoice_id) using (stripe_account, invoice_id)
            where l.lines is not null
            """;

    private static final String ASK = """
            insert into provisioning.invoice_lines (stripe_account, invoice_id)
            select distinct * from unnest($1::text[], $2::text[]) on conflict do nothing
            """;

    /** Those that are here, as Stripe wrote them. */
    public Uni<Map<InvoiceKey, String>> find(SqlConnection transaction, Collection<InvoiceKey> invoices) {
        return transaction.preparedQuery(FIND).execute(keys(invoices)).map(rows -> {
            Map<InvoiceKey, String> found = new HashMap<>();
            rows.forEach(row -> found.put(
                    new InvoiceKey(row.getString("stripe_account"), row.getString("invoice_id")),
                    row.getString("lines")));
            return found;
        });
    }

    /** Has them asked for, once. */
    public Uni<Void> ask(SqlConnection transaction, Collection<InvoiceKey> invoices) {
        return invoices.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.preparedQuery(ASK).execute(keys(invoices)).replaceWithVoid();
    }

    private static Tuple keys(Collection<InvoiceKey> invoices) {
        return Tuple.tuple()
                .addArrayOfString(
                        invoices.stream().map(InvoiceKey::stripeAccount).toArray(String[]::new))
                .addArrayOfString(invoices.stream().map(InvoiceKey::invoiceId).toArray(String[]::new));
    }
}
