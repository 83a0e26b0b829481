package dev.quittance.billing.invoice;

import static dev.quittance.billing.mirror.Column.greatest;
import static dev.quittance.billing.mirror.Column.latest;

import dev.quittance.billing.fact.CreditNoteSeen;
import dev.quittance.billing.fact.InvoiceLine;
import dev.quittance.billing.fact.InvoicePaymentSeen;
import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.mirror.MirrorStore;
import dev.quittance.billing.mirror.SqlType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The mirrors of invoices, their lines and payments, and of credit notes. */
@ApplicationScoped
public class InvoiceStore {
    private static final MirrorStore<InvoiceSeen> INVOICES = new MirrorStore<>(
            "billing.invoices",
            "invoice_id",
            List.of(
                    latest("status", SqlType.TEXT, InvoiceSeen::status),
                    greatest("billing_reason", SqlType.TEXT, InvoiceSeen::billingReason),
                    greatest("customer_id", SqlType.TEXT, InvoiceSeen::customerId),
                    greatest("subscription_id", SqlType.TEXT, InvoiceSeen::subscriptionId),
                    latest("total_minor", SqlType.BIGINT, InvoiceSeen::totalMinor),
                    greatest("amount_paid_minor", SqlType.BIGINT, InvoiceSeen::amountPaidMinor),
                    latest("tax_minor", SqlType.BIGINT, InvoiceSeen::taxMinor),
                    greatest("due_minor", SqlType.BIGINT, InvoiceSeen::dueMinor),
                    greatest("opened", SqlType.BOOLEAN, InvoiceSeen::isOpened),
                    greatest("written_off", SqlType.BOOLEAN, InvoiceSeen::isWrittenOff),
                    greatest("closed", SqlType.BOOLEAN, InvoiceSeen::isClosed),
                    latest("currency", SqlType.TEXT, InvoiceSeen::currency),
                    latest("metadata", SqlType.JSONB, invoice -> json(invoice.metadata())),
                    latest("created_at", SqlType.TIMESTAMPTZ, InvoiceSeen::createdAt)));

    private static final MirrorStore<CreditNoteSeen> CREDIT_NOTES = new MirrorStore<>(
            "billing.credit_notes",
            "credit_note_id",
            List.of(
                    latest("invoice_id", SqlType.TEXT, CreditNoteSeen::invoiceId),
                    latest("status", SqlType.TEXT, CreditNoteSeen::status),
                    latest("amount_minor", SqlType.BIGINT, CreditNoteSeen::amountMinor),
                    latest("refunded_minor", SqlType.BIGINT, CreditNoteSeen::refundedMinor),
                    latest("currency", SqlType.TEXT, CreditNoteSeen::currency),
                    latest("created_at", SqlType.TIMESTAMPTZ, CreditNoteSeen::createdAt)));

    private static final String MARK_LINES = """
            update billing.invoices i set lines_source = 'embedded'
            from unnest($1::text[], $2::text[]) as k(stripe_account, invoice_id)
            where i.stripe_account = k.stripe_account and i.invoice_id = k.invoice_id and i.lines_source = 'none'
            """;

    private static final String INSERT_LINES = """
            insert into billing.invoice_lines (stripe_account, invoice_id, line_id, price_id, product_id, quantity, amount_minor,
                unit_amount_minor, proration, price_metadata, product_metadata, period_end)
            select distinct on (account, invoice, line) account, invoice, line, price, product, quantity, amount, unit_amount,
                   proration, price_metadata::jsonb, product_metadata::jsonb, period_end
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
                        $9::boolean[], $10::text[], $11::text[], $12::timestamptz[])
                as s(account, invoice, line, price, product, quantity, amount, unit_amount, proration, price_metadata,
                     product_metadata, period_end)
            order by account, invoice, line
            on conflict do nothing
            """;

    private static final String INSERT_PAYMENTS = """
            insert into billing.invoice_payments (stripe_account, invoice_id, payment_intent_id)
            select distinct * from unnest($1::text[], $2::text[], $3::text[]) as s(account, invoice, intent)
            order by account, invoice, intent
            on conflict do nothing
            """;

    private static final String UPSERT_SHARES = """
            insert into billing.invoice_shares as t (stripe_account, invoice_id, payment_intent_id, amount_minor)
            select account, invoice, intent, max(amount)
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as s(account, invoice, intent, amount)
            group by account, invoice, intent
            order by account, invoice, intent
            on conflict (stripe_account, invoice_id, payment_intent_id) do update set amount_minor = excluded.amount_minor
            where t.amount_minor < excluded.amount_minor
            """;

    private static final String LOAD = """
            select i.stripe_account, i.invoice_id, i.total_minor, i.currency, i.written_off, i.closed, i.created_at
            from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, invoice_id)) k
            join billing.invoices i using (stripe_account, invoice_id)
            where i.opened
            order by i.stripe_account, i.invoice_id
            """;

    private record Line(InvoiceSeen of, InvoiceLine line) {}

    InvoiceStore() {}

    /** Merges invoices; how those that were opened stand then. */
    public Uni<List<InvoiceState>> upsert(SqlConnection transaction, List<InvoiceSeen> invoices) {
        if (invoices.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<InvoiceSeen> whole = invoices.stream()
                .filter(invoice -> invoice.isPaid() && !invoice.lines().isEmpty())
                .toList();
        return INVOICES.upsert(transaction, invoices)
                .chain(() -> whole.isEmpty() ? Uni.createFrom().voidItem() : storeLines(transaction, whole))
                .chain(() -> load(transaction, invoices));
    }

    private static Uni<List<InvoiceState>> load(SqlConnection transaction, List<InvoiceSeen> invoices) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(texts(invoices, InvoiceSeen::account))
                .addArrayOfString(texts(invoices, InvoiceSeen::id));
        return transaction.preparedQuery(LOAD).execute(keys).map(rows -> {
            List<InvoiceState> states = new ArrayList<>();
            rows.forEach(row -> states.add(new InvoiceState(
                    row.getString("stripe_account"),
                    row.getString("invoice_id"),
                    row.getLong("total_minor"),
                    row.getString("currency"),
                    true,
                    row.getBoolean("written_off"),
                    row.getBoolean("closed"),
                    row.getOffsetDateTime("created_at").toInstant())));
            return states;
        });
    }

    public Uni<Void> upsertCreditNotes(SqlConnection transaction, List<CreditNoteSeen> notes) {
        return CREDIT_NOTES.upsert(transaction, notes);
    }

    public Uni<Void> insertPayments(SqlConnection transaction, List<InvoicePaymentSeen> payments) {
        if (payments.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(payments, InvoicePaymentSeen::account))
                .addArrayOfString(texts(payments, InvoicePaymentSeen::invoiceId))
                .addArrayOfString(texts(payments, InvoicePaymentSeen::paymentIntentId));
        List<InvoicePaymentSeen> shares = payments.stream()
                .filter(payment -> payment.amountMinor() != null && payment.amountMinor() > 0)
                .toList();
        return transaction
                .preparedQuery(INSERT_PAYMENTS)
                .execute(columns)
                .chain(() -> shares.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(UPSERT_SHARES)
                                .execute(Tuple.tuple()
                                        .addArrayOfString(texts(shares, InvoicePaymentSeen::account))
                                        .addArrayOfString(texts(shares, InvoicePaymentSeen::invoiceId))
                                        .addArrayOfString(texts(shares, InvoicePaymentSeen::paymentIntentId))
                                        .addArrayOfLong(longs(shares, InvoicePaymentSeen::amountMinor)))
                                .replaceWithVoid());
    }

    private static Uni<Void> storeLines(SqlConnection transaction, List<InvoiceSeen> invoices) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(texts(invoices, InvoiceSeen::account))
                .addArrayOfString(texts(invoices, InvoiceSeen::id));
        List<Line> lines = invoices.stream()
                .flatMap(of -> of.lines().stream().map(line -> new Line(of, line)))
                .toList();
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(lines, line -> line.of().account()))
                .addArrayOfString(texts(lines, line -> line.of().id()))
                .addArrayOfString(texts(lines, line -> line.line().id()))
                .addArrayOfString(texts(lines, line -> line.line().priceId()))
                .addArrayOfString(texts(lines, line -> line.line().productId()))
                .addArrayOfLong(longs(lines, line -> line.line().quantity()))
                .addArrayOfLong(longs(lines, line -> line.line().amountMinor()))
                .addArrayOfLong(longs(lines, line -> line.line().unitAmountMinor()))
                .addArrayOfBoolean(
                        lines.stream().map(line -> line.line().proration()).toArray(Boolean[]::new))
                .addArrayOfString(texts(lines, line -> json(line.line().priceMetadata())))
                .addArrayOfString(texts(lines, line -> json(line.line().productMetadata())))
                .addArrayOfOffsetDateTime(lines.stream()
                        .map(line -> moment(line.line().periodEnd()))
                        .toArray(OffsetDateTime[]::new));
        return transaction
                .preparedQuery(MARK_LINES)
                .execute(keys)
                .chain(() -> transaction.preparedQuery(INSERT_LINES).execute(columns))
                .replaceWithVoid();
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Long[] longs(List<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String json(@Nullable Map<String, String> metadata) {
        return metadata == null ? null : new JsonObject(Map.copyOf(metadata)).encode();
    }
}
