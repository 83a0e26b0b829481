package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.SessionSeen;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.billing.settlement.Purchase.Line;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of purchases, and which are settled. */
@ApplicationScoped
public class SettlementStore {
    // A charge that its bank called back had succeeded: the purchase was settled, and is reversed.
    private static final String LOAD_PURCHASES = """
            select s.stripe_account, s.checkout_session_id, s.mode, s.status, s.payment_status, s.payment_intent_id,
                   s.invoice_id, s.amount_minor, s.currency, s.metadata, s.lines_source, s.version_at,
                   i.user_id, i.account_number, s.subtotal_minor,
                   (select d.kind from billing.orders o join billing.order_decisions d using (order_id)
                    where o.stripe_account = s.stripe_account and o.checkout_session_id = s.checkout_session_id
                      and d.kind in ('released', 'refused')) as decision,
                   exists (select from billing.orders o
                           where o.order_id = billing.order_of(s.metadata) and o.stripe_account = s.stripe_account
                             and o.checkout_session_id is distinct from s.checkout_session_id) as paid_otherwise,
                   k1.points, k1.price_minor as points_price, k1.currency as points_currency,
                   k2.credits, k2.price_minor as credits_price, k2.currency as credits_currency,
                   exists (select from billing.settlements x
                           where x.anchor = coalesce(s.invoice_id, s.payment_intent_id, s.checkout_session_id)) as settled,
                   exists (select from billing.charges c
                           where c.stripe_account = s.stripe_account and c.payment_intent_id = s.payment_intent_id
                             and c.paid and c.captured
                             and (c.status = 'succeeded' or exists (
                               select from billing.refunds r
                               where r.stripe_account = c.stripe_account and r.refund_id = c.charge_id)))
                     or exists (select from billing.payment_intents p
                           where p.stripe_account = s.stripe_account and p.payment_intent_id = s.payment_intent_id
                             and p.status = 'succeeded') as payment_seen,
                   (select coalesce(jsonb_agg(jsonb_build_object(
                               'quantity', l.quantity,
                               'price', coalesce(l.price_metadata, p.metadata),
                               'product', coalesce(l.product_metadata, d.metadata)) order by l.line_id), '[]')
                    from billing.checkout_session_lines l
                    left join billing.prices p on p.stripe_account = l.stripe_account and p.price_id = l.price_id
                    left join billing.products d on d.stripe_account = l.stripe_account
                          and d.product_id = coalesce(l.product_id, p.product_id)
                    where l.stripe_account = s.stripe_account and l.checkout_session_id = s.checkout_session_id) as lines
            from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, checkout_session_id)) k
            join billing.checkout_sessions s using (stripe_account, checkout_session_id)
            left join billing.identities i using (stripe_account, checkout_session_id)
            left join billing.packages k1 on k1.package_id = s.metadata ->> 'package_id'
            left join billing.credit_plans k2 on k2.plan = s.metadata ->> 'plan'
            order by s.stripe_account, s.checkout_session_id
            """;

    // A charge may tell of the money before the intent itself is seen; what others point to must be there. The first
    // real sight of the intent outranks this one.
    private static final String ENSURE_INTENTS = """
            insert into billing.payment_intents (stripe_account, payment_intent_id, status, amount_minor, currency,
                created_at, version_rank, version_at, version_step, version_event)
            select account, intent, 'succeeded', amount, currency, at, -1, at, 0, ''
            from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[])
                as s(account, intent, amount, currency, at)
            order by account, intent
            on conflict do nothing
            """;

    private static final String INSERT = """
            insert into billing.settlements (anchor, stripe_account, checkout_session_id, payment_intent_id, user_id,
                account_number, amount_minor, currency, points, credits, vouchers, occurred_at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::bigint[],
                                 $8::text[], $9::bigint[], $10::bigint[], $11::int[], $12::timestamptz[])
                as s(anchor, account, session, intent, user_id, number, amount, currency, points, credits, vouchers, at)
            order by anchor
            on conflict (anchor) do nothing
            returning anchor
            """;

    SettlementStore() {}

    Uni<List<Purchase>> load(SqlConnection transaction, List<SessionSeen> sessions) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(sessions.stream().map(SessionSeen::account).toArray(String[]::new))
                .addArrayOfString(sessions.stream().map(SessionSeen::id).toArray(String[]::new));
        return transaction.preparedQuery(LOAD_PURCHASES).execute(keys).map(rows -> {
            List<Purchase> purchases = new ArrayList<>();
            rows.forEach(row -> purchases.add(purchase(row)));
            return purchases;
        });
    }

    /** Writes settlements; the anchors that were not settled before. */
    Uni<Set<String>> insert(SqlConnection transaction, List<Settlement> settlements) {
        List<Settlement> withIntent = settlements.stream()
                .filter(settlement -> settlement.paymentIntentId() != null)
                .toList();
        return ensureIntents(transaction, withIntent)
                .chain(() -> transaction
                        .preparedQuery(INSERT)
                        .execute(parameters(settlements))
                        .map(rows -> {
                            Set<String> anchors = new HashSet<>();
                            rows.forEach(row -> anchors.add(row.getString("anchor")));
                            return anchors;
                        }));
    }

    private static Uni<Void> ensureIntents(SqlConnection transaction, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(settlements, Settlement::account))
                .addArrayOfString(texts(settlements, Settlement::paymentIntentId))
                .addArrayOfLong(amounts(settlements))
                .addArrayOfString(
                        texts(settlements, settlement -> settlement.amount().currency()))
                .addArrayOfOffsetDateTime(times(settlements));
        return transaction.preparedQuery(ENSURE_INTENTS).execute(columns).replaceWithVoid();
    }

    private static Tuple parameters(List<Settlement> settlements) {
        return Tuple.tuple()
                .addArrayOfString(texts(settlements, Settlement::anchor))
                .addArrayOfString(texts(settlements, Settlement::account))
                .addArrayOfString(texts(settlements, Settlement::sessionId))
                .addArrayOfString(texts(settlements, Settlement::paymentIntentId))
                .addArrayOfUUID(settlements.stream().map(Settlement::userId).toArray(UUID[]::new))
                .addArrayOfString(texts(settlements, Settlement::accountNumber))
                .addArrayOfLong(amounts(settlements))
                .addArrayOfString(
                        texts(settlements, settlement -> settlement.amount().currency()))
                .addArrayOfLong(settlements.stream()
                        .map(settlement -> settlement.terms().points())
                        .toArray(Long[]::new))
                .addArrayOfLong(settlements.stream()
                        .map(settlement -> settlement.terms().credits())
                        .toArray(Long[]::new))
                .addArrayOfInteger(settlements.stream()
                        .map(settlement -> settlement.terms().vouchers().size())
                        .toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(times(settlements));
    }

    private static Purchase purchase(Row row) {
        UUID userId = row.getUUID("user_id");
        Long amount = row.getLong("amount_minor");
        return new Purchase(
                row.getString("stripe_account"),
                row.getString("checkout_session_id"),
                row.getString("mode"),
                row.getString("status"),
                row.getString("payment_status"),
                row.getString("payment_intent_id"),
                row.getString("invoice_id"),
                amount == null ? null : new Money(amount, row.getString("currency")),
                row.getLong("subtotal_minor"),
                offer(row, "points"),
                offer(row, "credits"),
                texts(row.getJsonObject("metadata")),
                row.getString("lines_source"),
                lines(row.getJsonArray("lines")),
                userId == null ? null : new Buyer(userId, row.getString("account_number")),
                row.getBoolean("payment_seen"),
                row.getBoolean("settled"),
                row.getBoolean("paid_otherwise"),
                row.getString("decision"),
                row.getOffsetDateTime("version_at").toInstant());
    }

    static @Nullable Offer offer(Row row, String unit) {
        Long amount = row.getLong(unit);
        return amount == null
                ? null
                : new Offer(amount, new Money(row.getLong(unit + "_price"), row.getString(unit + "_currency")));
    }

    private static List<Line> lines(JsonArray array) {
        List<Line> lines = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonObject line = array.getJsonObject(i);
            lines.add(new Line(
                    line.getLong("quantity"),
                    textsOrNull(line.getJsonObject("price")),
                    textsOrNull(line.getJsonObject("product"))));
        }
        return lines;
    }

    static @Nullable Map<String, String> textsOrNull(@Nullable JsonObject metadata) {
        return metadata == null ? null : texts(metadata);
    }

    static Map<String, String> texts(JsonObject metadata) {
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.forEach(entry -> {
            if (entry.getValue() instanceof String text) {
                texts.put(entry.getKey(), text);
            }
        });
        return texts;
    }

    private static String[] texts(List<Settlement> settlements, Function<Settlement, @Nullable String> column) {
        return settlements.stream().map(column).toArray(String[]::new);
    }

    private static Long[] amounts(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.amount().amountMinor())
                .toArray(Long[]::new);
    }

    private static OffsetDateTime[] times(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.occurredAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
