package dev.quittance.billing.order;

import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders and their lines. */
@ApplicationScoped
class OrderStore {
    // First and by itself, so that what follows sees whatever the one before has linked.
    private static final String LOCK =
            "select from billing.orders where order_id = any($1) order by order_id for update";

    // An order that is paid stays with the session that paid it; another one that is paid takes the place of one that
    // is not.
    private static final String LINK = """
            with told as (
              select distinct on (w.order_id) w.order_id, w.session, s.paid
              from unnest($1::uuid[], $2::text[]) as w(order_id, session)
              join lateral (
                select status = 'complete' and payment_status in ('paid', 'no_payment_required') as paid
                from billing.checkout_sessions where stripe_account = '' and checkout_session_id = w.session) s on true
              order by w.order_id, s.paid desc, w.session)
            update billing.orders o
            set checkout_session_id = t.session, stripe_payment_intent_id = null, updated_at = now()
            from told t
            where o.order_id = t.order_id and o.payment_method = 'stripe' and o.checkout_session_id is distinct from t.session
              and (o.checkout_session_id is null
                   or (t.paid and not exists (
                     select from billing.checkout_sessions s
                     where s.stripe_account = o.stripe_account and s.checkout_session_id = o.checkout_session_id
                       and s.status = 'complete' and s.payment_status in ('paid', 'no_payment_required'))))
            """;

    // A subscription's order was paid by its session's invoice, and that by whatever paid it.
    private static final String FIND_BY_PAYMENT = """
            with intents as materialized (
              select unnest($1::text[]) as payment_intent_id
              union select c.payment_intent_id from billing.charges c
              where c.stripe_account = '' and c.charge_id = any($2) and c.payment_intent_id is not null),
            invoices as materialized (
              select unnest($3::text[]) as invoice_id
              union select p.invoice_id from intents join billing.invoice_payments p using (payment_intent_id)
              where p.stripe_account = '')
            select o.order_id from intents i join billing.orders o on o.stripe_payment_intent_id = i.payment_intent_id
            where o.stripe_account = ''
            union
            select o.order_id from invoices join billing.checkout_sessions s using (invoice_id)
            join billing.orders o on o.stripe_account = s.stripe_account and o.checkout_session_id = s.checkout_session_id
            where s.stripe_account = ''
            """;

    // Locked in one order, so that two batches that meet wait for each other instead of deadlocking.
    private static final String LOAD = """
            select o.order_id, o.user_id, o.kind, o.status, o.revision, o.payment_method, o.total_minor, o.currency,
                   o.fulfilled_at is not null as fulfilled, o.held_reason, s.checkout_session_id, s.status as session_status,
                   s.payment_status, s.version_rank = 3 as has_failed, s.amount_minor as paid_minor,
                   s.currency as paid_currency, s.payment_intent_id,
                   coalesce(t.amount_minor, s.amount_minor) as settled_minor,
                   case when t.anchor is null
                     then (select coalesce(sum(r.amount_minor), 0) from billing.refunds r
                           where r.stripe_account = s.stripe_account and r.payment_intent_id = s.payment_intent_id
                             and r.status not in ('failed', 'canceled'))::bigint
                     else coalesce(d.reversed_minor, 0) end as reversed_minor,
                   array(select c.kind from billing.order_decisions c where c.order_id = o.order_id) as decisions,
                   case o.payment_method when 'points'
                     then exists (select from billing.spends p where p.user_id = o.user_id
                                    and p.idempotency_key = 'order:' || o.order_id and p.outcome = 'booked')
                     else t.anchor is not null end as granted
            from billing.orders o
            left join billing.checkout_sessions s on s.stripe_account = o.stripe_account
                 and s.checkout_session_id = o.checkout_session_id
            left join billing.settlements t on t.anchor = coalesce(s.invoice_id, s.payment_intent_id, s.checkout_session_id)
            left join billing.standings d on d.anchor = t.anchor
            where o.order_id = any($1) order by o.order_id for update of o
            """;

    private static final String NOTE = """
            update billing.orders o
            set stripe_payment_intent_id = coalesce(o.stripe_payment_intent_id, w.intent),
                held_reason = coalesce(o.held_reason, w.objection), updated_at = now()
            from unnest($1::uuid[], $2::text[], $3::text[]) as w(order_id, intent, objection)
            where o.order_id = w.order_id
              and ((o.stripe_payment_intent_id is null and w.intent is not null)
                   or (o.held_reason is null and w.objection is not null))
            """;

    private static final String STEP = """
            update billing.orders o set status = w.status, revision = o.revision + 1, updated_at = now()
            from unnest($1::uuid[], $2::text[], $3::text[]) as w(order_id, was, status)
            where o.order_id = w.order_id and o.status = w.was
            returning o.order_id, o.user_id, w.was, o.status, o.revision, o.updated_at
            """;

    // What is not counted, or is sold to this line, may go out; what travels waits for its tracking.
    private static final String FULFIL_ITEMS = """
            update billing.order_items i set fulfilled_at = now()
            where i.order_id = any($1) and i.fulfilled_at is null and i.type <> 'physical'
              and not exists (select from billing.inventory_reservations r
                              where r.order_id = i.order_id and r.line = i.line and r.state <> 'sold')
            """;

    private static final String FULFIL_ORDERS = """
            update billing.orders o set fulfilled_at = now(), updated_at = now()
            where o.order_id = any($1) and o.fulfilled_at is null
              and not exists (select from billing.order_items i where i.order_id = o.order_id and i.fulfilled_at is null)
            returning o.order_id
            """;

    // What a letter tells of follows from the order, so that whoever looks again writes none twice.
    private static final String LEAVE_LETTERS = """
            insert into billing.order_mails (order_id, kind)
            select o.order_id, k.kind from billing.orders o
            cross join lateral (values
              ('order', o.status in ('processing', 'completed')),
              ('download', o.status in ('processing', 'completed', 'partially_refunded') and exists (
                select from billing.order_items i
                where i.order_id = o.order_id and i.type = 'digital' and i.fulfilled_at is not null)),
              ('refund', o.status in ('refunded', 'partially_refunded')),
              ('sold_out', exists (
                select from billing.inventory_reservations r where r.order_id = o.order_id and r.state = 'short')))
              as k(kind, due)
            where o.order_id = any($1) and k.due
            order by o.order_id, k.kind
            on conflict (order_id, kind) do nothing
            """;

    OrderStore() {}

    Uni<Void> leaveLetters(SqlConnection transaction, Collection<UUID> orders) {
        return transaction.preparedQuery(LEAVE_LETTERS).execute(ids(orders)).replaceWithVoid();
    }

    /** A session that was opened for an order. */
    record Opened(UUID orderId, String sessionId) {}

    /** Notes whose sessions these are, where the orders have none yet, or one that did not pay. */
    Uni<Void> link(SqlConnection transaction, Collection<Opened> sessions) {
        if (sessions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] orders = sessions.stream().map(Opened::orderId).toArray(UUID[]::new);
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(orders)
                .addArrayOfString(sessions.stream().map(Opened::sessionId).toArray(String[]::new));
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.tuple().addArrayOfUUID(orders))
                .chain(() -> transaction.preparedQuery(LINK).execute(columns))
                .replaceWithVoid();
    }

    /** The orders that these payments, or these invoices, paid. */
    Uni<Set<UUID>> findByPayment(
            SqlConnection transaction, Set<String> intents, Set<String> charges, Set<String> invoices) {
        Tuple columns = Tuple.tuple()
                .addArrayOfString(intents.toArray(String[]::new))
                .addArrayOfString(charges.toArray(String[]::new))
                .addArrayOfString(invoices.toArray(String[]::new));
        return transaction.preparedQuery(FIND_BY_PAYMENT).execute(columns).map(rows -> {
            Set<UUID> orders = new HashSet<>();
            rows.forEach(row -> orders.add(row.getUUID("order_id")));
            return orders;
        });
    }

    /** The orders, which nobody else moves until the transaction ends. */
    Uni<Map<UUID, OrderFacts>> load(SqlConnection transaction, Collection<UUID> orders) {
        return transaction.preparedQuery(LOAD).execute(ids(orders)).map(rows -> {
            Map<UUID, OrderFacts> found = new LinkedHashMap<>();
            rows.forEach(row -> found.put(row.getUUID("order_id"), facts(row)));
            return found;
        });
    }

    /** Notes what the session told: the payment, and what speaks against sending anything. */
    Uni<Void> note(SqlConnection transaction, Collection<OrderFacts> orders) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(orders.stream().map(OrderFacts::orderId).toArray(UUID[]::new))
                .addArrayOfString(orders.stream()
                        .map(order ->
                                order.session() == null ? null : order.session().paymentIntentId())
                        .toArray(String[]::new))
                .addArrayOfString(orders.stream().map(OrderRules::objection).toArray(String[]::new));
        return transaction.preparedQuery(NOTE).execute(columns).replaceWithVoid();
    }

    /** A step of an order. */
    record Step(UUID orderId, OrderStatus from, OrderStatus to) {}

    /** Takes the steps that can be taken, and gives the news of them. */
    Uni<List<OrderStatusChanged>> step(SqlConnection transaction, List<Step> steps) {
        if (steps.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(steps.stream().map(Step::orderId).toArray(UUID[]::new))
                .addArrayOfString(
                        steps.stream().map(step -> step.from().token()).toArray(String[]::new))
                .addArrayOfString(steps.stream().map(step -> step.to().token()).toArray(String[]::new));
        return transaction.preparedQuery(STEP).execute(columns).map(rows -> {
            List<OrderStatusChanged> changes = new ArrayList<>();
            rows.forEach(row -> changes.add(new OrderStatusChanged(
                    row.getUUID("order_id"),
                    row.getUUID("user_id"),
                    row.getString("was"),
                    row.getString("status"),
                    row.getLong("revision"),
                    row.getOffsetDateTime("updated_at").toInstant())));
            return changes;
        });
    }

    /** Sends out what may go of these orders; which of them are now whole. Called again it does nothing again. */
    Uni<Set<UUID>> fulfil(SqlConnection transaction, List<UUID> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return transaction
                .preparedQuery(FULFIL_ITEMS)
                .execute(ids(orders))
                .chain(() -> transaction.preparedQuery(FULFIL_ORDERS).execute(ids(orders)))
                .map(rows -> {
                    Set<UUID> whole = new HashSet<>();
                    rows.forEach(row -> whole.add(row.getUUID("order_id")));
                    return whole;
                });
    }

    static Tuple ids(Collection<UUID> orders) {
        return Tuple.tuple().addArrayOfUUID(orders.toArray(UUID[]::new));
    }

    private static OrderFacts facts(Row row) {
        boolean isMoney = row.getString("payment_method").equals("stripe");
        Long settled = row.getLong("settled_minor");
        return new OrderFacts(
                row.getUUID("order_id"),
                row.getUUID("user_id"),
                row.getString("kind"),
                OrderStatus.of(row.getString("status")),
                row.getLong("revision"),
                isMoney ? new Money(row.getLong("total_minor"), row.getString("currency")) : null,
                session(row),
                row.getBoolean("granted"),
                settled == null ? 0 : settled,
                row.getLong("reversed_minor"),
                row.getBoolean("fulfilled"),
                row.getString("held_reason"),
                Arrays.stream(row.getArrayOfStrings("decisions"))
                        .map(OrderDecision::of)
                        .collect(Collectors.toSet()));
    }

    private static OrderFacts.@Nullable Session session(Row row) {
        @Nullable String id = row.getString("checkout_session_id");
        if (id == null) {
            return null;
        }
        Long paid = row.getLong("paid_minor");
        return new OrderFacts.Session(
                id,
                row.getString("session_status"),
                row.getString("payment_status"),
                row.getBoolean("has_failed"),
                paid == null ? null : new Money(paid, row.getString("paid_currency")),
                row.getString("payment_intent_id"));
    }
}
