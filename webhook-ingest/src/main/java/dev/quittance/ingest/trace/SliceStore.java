package dev.quittance.ingest.trace;

import dev.quittance.contracts.topic.Topics;
import dev.quittance.ingest.trace.Traced.Question;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the functions that the other slices publish. */
@Singleton
final class SliceStore {
    /** The services that have a slice to ask, and its schema. */
    static final Map<String, String> SCHEMAS =
            Map.of(Topics.PROVISIONING, "provisioning", Topics.BILLING, "billing", Topics.VOUCHER, "voucher");

    private static final String OUTCOMES = "select * from %s.event_outcomes($1::text[], $2::text[])";
    private static final String ENTRIES = "select * from billing.event_entries($1::text[], $2::text[])";
    private static final String PURCHASES = "select * from billing.event_purchases($1::text[], $2::text[])";
    private static final String VOUCHERS = "select * from voucher.purchase_vouchers($1::text[], $2::text[])";
    private static final String EXPIRY_CHANGES = "select * from provisioning.expiry_changes($1::uuid[], $2::text[])";

    private final Pool pool;

    SliceStore(Pool pool) {
        this.pool = pool;
    }

    /** An entry, and the event that caused it. */
    record EntryOf(Question event, Trace.Entry entry) {}

    /** A purchase, what it was found by, and the id of the event that told of it. */
    record PurchaseOf(Question key, Trace.Purchase purchase, String toldEvent) {}

    Uni<List<SliceWord>> outcomes(String service, Collection<Question> events) {
        return ask(
                OUTCOMES.formatted(SCHEMAS.get(service)),
                pairs(events),
                row -> new SliceWord(
                        row.getString("account"),
                        row.getString("event_id"),
                        row.getString("service"),
                        row.getString("outcome"),
                        row.getString("waits_for"),
                        row.getString("reason"),
                        time(row, "recorded_at")));
    }

    Uni<List<EntryOf>> entries(Collection<Question> events) {
        return ask(
                ENTRIES,
                pairs(events),
                row -> new EntryOf(
                        new Question(row.getString("account"), row.getString("event_id")),
                        new Trace.Entry(
                                row.getLong("entry_id"),
                                row.getString("business_key"),
                                row.getString("rule"),
                                String.valueOf(row.getValue("lines")),
                                time(row, "occurred_at"),
                                time(row, "recorded_at"))));
    }

    Uni<List<PurchaseOf>> purchases(Collection<Question> keys) {
        return ask(
                PURCHASES,
                pairs(keys),
                row -> new PurchaseOf(
                        new Question(row.getString("account"), row.getString("key")),
                        new Trace.Purchase(
                                row.getString("anchor"),
                                row.getString("payment_intent_id"),
                                row.getLong("amount_minor"),
                                row.getString("currency"),
                                row.getLong("points"),
                                row.getLong("credits"),
                                row.getInteger("vouchers"),
                                time(row, "recorded_at"),
                                List.of()),
                        row.getString("told_event")));
    }

    Uni<List<Trace.Voucher>> vouchers(Collection<Question> anchors) {
        return ask(
                VOUCHERS,
                pairs(anchors),
                row -> new Trace.Voucher(
                        row.getUUID("voucher_id").toString(),
                        row.getString("anchor"),
                        row.getInteger("unit"),
                        row.getString("origin"),
                        row.getString("status"),
                        row.getInteger("months"),
                        row.getInteger("days"),
                        row.getString("subscription_id"),
                        row.getString("revoked_by"),
                        time(row, "created_at"),
                        timeIfAny(row, "used_at")));
    }

    Uni<List<Trace.ExpiryChange>> expiryChanges(Collection<UUID> vouchers, Collection<String> invoices) {
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(vouchers.toArray(UUID[]::new))
                .addArrayOfString(invoices.toArray(String[]::new));
        return ask(
                EXPIRY_CHANGES,
                values,
                row -> new Trace.ExpiryChange(
                        row.getString("kind"),
                        row.getUUID("voucher_id") == null
                                ? null
                                : row.getUUID("voucher_id").toString(),
                        row.getString("invoice_id"),
                        row.getString("account_number"),
                        row.getInteger("months"),
                        row.getInteger("days"),
                        row.getLong("seconds"),
                        timeIfAny(row, "previous_expiry"),
                        timeIfAny(row, "new_expiry"),
                        row.getString("cause"),
                        time(row, "recorded_at")));
    }

    private <T> Uni<List<T>> ask(String sql, Tuple values, Function<Row, T> reader) {
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            List<T> read = new ArrayList<>();
            rows.forEach(row -> read.add(reader.apply(row)));
            return read;
        });
    }

    private static Tuple pairs(Collection<Question> questions) {
        return Tuple.tuple()
                .addArrayOfString(questions.stream().map(Question::account).toArray(String[]::new))
                .addArrayOfString(questions.stream().map(Question::id).toArray(String[]::new));
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static @Nullable Instant timeIfAny(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
