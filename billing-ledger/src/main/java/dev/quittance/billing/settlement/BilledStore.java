package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is known of invoices, when they are asked whether they can be settled. */
@ApplicationScoped
public class BilledStore {
    private static final String LOAD_INVOICES = """
            select i.stripe_account, i.invoice_id, i.status, i.billing_reason, i.customer_id, i.subscription_id, i.total_minor, i.amount_paid_minor,
                   i.currency, i.metadata, i.lines_source <> 'none' as lines_known, i.created_at, c.user_id, c.account_number,
                   exists (select from billing.settlements x where x.anchor = i.invoice_id) as settled,
                   exists (select from billing.stripe_lookups q
                           where q.stripe_account = i.stripe_account and q.kind = 'invoice_lines'
                             and q.object_id = i.invoice_id and q.outcome is not null) as asked,
                   (select max(l.period_end) from billing.invoice_lines l
                    where l.stripe_account = i.stripe_account and l.invoice_id = i.invoice_id and not l.proration) as period_end,
                   (select coalesce(jsonb_agg(jsonb_build_object(
                               'quantity', l.quantity, 'amount', l.amount_minor, 'proration', l.proration,
                               'unit_amount', coalesce(l.unit_amount_minor, p.unit_amount_minor),
                               'price', coalesce(l.price_metadata, p.metadata),
                               'product', coalesce(l.product_metadata, d.metadata)) order by l.line_id), '[]')
                    from billing.invoice_lines l
                    left join billing.prices p on p.stripe_account = l.stripe_account and p.price_id = l.price_id
                    left join billing.products d on d.stripe_account = l.stripe_account
                          and d.product_id = coalesce(l.product_id, p.product_id)
                    where l.stripe_account = i.stripe_account and l.invoice_id = i.invoice_id) as lines
            from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, invoice_id)) k
            join billing.invoices i using (stripe_account, invoice_id)
            left join billing.customers c using (stripe_account, customer_id)
            order by i.stripe_account, i.invoice_id
            """;

    BilledStore() {}

    Uni<List<Billed>> load(SqlConnection transaction, List<InvoiceSeen> invoices) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(invoices.stream().map(InvoiceSeen::account).toArray(String[]::new))
                .addArrayOfString(invoices.stream().map(InvoiceSeen::id).toArray(String[]::new));
        return transaction.preparedQuery(LOAD_INVOICES).execute(keys).map(rows -> {
            List<Billed> billed = new ArrayList<>();
            rows.forEach(row -> billed.add(billed(row)));
            return billed;
        });
    }

    private static Billed billed(Row row) {
        UUID userId = row.getUUID("user_id");
        OffsetDateTime periodEnd = row.getOffsetDateTime("period_end");
        return new Billed(
                row.getString("stripe_account"),
                row.getString("invoice_id"),
                row.getString("status"),
                row.getString("billing_reason"),
                row.getString("customer_id"),
                row.getString("subscription_id"),
                periodEnd == null ? null : periodEnd.toInstant(),
                row.getLong("total_minor"),
                new Money(row.getLong("amount_paid_minor"), row.getString("currency")),
                SettlementStore.texts(row.getJsonObject("metadata")),
                row.getBoolean("lines_known"),
                row.getBoolean("asked"),
                lines(row.getJsonArray("lines")),
                userId == null ? null : new Buyer(userId, row.getString("account_number")),
                row.getBoolean("settled"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static List<Billed.Line> lines(JsonArray array) {
        List<Billed.Line> lines = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonObject line = array.getJsonObject(i);
            lines.add(new Billed.Line(
                    line.getLong("quantity"),
                    line.getLong("amount"),
                    line.getLong("unit_amount"),
                    line.getBoolean("proration"),
                    SettlementStore.textsOrNull(line.getJsonObject("price")),
                    SettlementStore.textsOrNull(line.getJsonObject("product"))));
        }
        return lines;
    }
}
