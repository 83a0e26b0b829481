package dev.quittance.provisioning.subscription;

import static dev.quittance.provisioning.subscription.SubscriptionStore.json;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what a batch made of subscriptions: one statement per table. */
public final class SubscriptionWriteStore {
    private static final String APPEND_STATES = """
            insert into provisioning.subscription_states
              (stripe_account, event_id, subscription_id, status, progress, stated_at, is_update, snapshot)
            select a, e, s, status, progress, at, is_update, snapshot::jsonb
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::smallint[],
                        $8::text[]) as q (a, e, s, status, progress, at, is_update, snapshot)
            on conflict do nothing
            """;

    private static final String UPSERT_SUBSCRIPTIONS = """
            insert into provisioning.subscriptions as s (stripe_account, id, user_id, stripe_customer_id, status, metadata,
              price_id, quantity, cancel_at_period_end, created, current_period_start, current_period_end, ended_at,
              cancel_at, canceled_at, trial_start, trial_end, paused_behavior, resumes_at, schedule_id,
              cancellation_reason, head_event_id)
            select a, id, u, c, h ->> 'status', h -> 'metadata', h #>> '{items,0,priceId}',
                   (h #>> '{items,0,quantity}')::bigint, (h ->> 'cancelsAtPeriodEnd')::boolean,
                   (h ->> 'created')::timestamptz, (h ->> 'periodStart')::timestamptz, (h ->> 'periodEnd')::timestamptz,
                   (h ->> 'endedAt')::timestamptz, (h ->> 'cancelAt')::timestamptz, (h ->> 'canceledAt')::timestamptz,
                   (h ->> 'trialStart')::timestamptz, (h ->> 'trialEnd')::timestamptz, h ->> 'pausedBehavior',
                   (h ->> 'resumesAt')::timestamptz, h ->> 'scheduleId', h ->> 'cancellationReason', h ->> 'eventId'
            from (select a, id, u, c, head::jsonb as h
                  from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[]) as q (a, id, u, c, head)) q
            on conflict (stripe_account, id) do update set
              status = excluded.status, metadata = excluded.metadata, price_id = excluded.price_id,
              quantity = excluded.quantity, cancel_at_period_end = excluded.cancel_at_period_end,
              created = excluded.created, current_period_start = excluded.current_period_start,
              current_period_end = excluded.current_period_end, ended_at = excluded.ended_at,
              cancel_at = excluded.cancel_at, canceled_at = excluded.canceled_at, trial_start = excluded.trial_start,
              trial_end = excluded.trial_end, paused_behavior = excluded.paused_behavior,
              resumes_at = excluded.resumes_at, schedule_id = excluded.schedule_id,
              cancellation_reason = excluded.cancellation_reason, head_event_id = excluded.head_event_id,
              updated_at = now()
            where s.head_event_id <> excluded.head_event_id
            """;

    private static final String UPSERT_ITEMS = """
            insert into provisioning.subscription_items as i (stripe_account, subscription_id, item_id, price_id, product_id,
              quantity, period_start, period_end, is_current)
            select a, s, k -> 'item' ->> 'itemId', k -> 'item' ->> 'priceId', k -> 'item' ->> 'productId',
                   (k -> 'item' ->> 'quantity')::bigint, (k -> 'item' ->> 'periodStart')::timestamptz,
                   (k -> 'item' ->> 'periodEnd')::timestamptz, (k ->> 'current')::boolean
            from unnest($1::text[], $2::text[], $3::text[]) as q (a, s, items)
            cross join lateral jsonb_array_elements(items::jsonb) as k
            on conflict (stripe_account, subscription_id, item_id) do update set
              price_id = excluded.price_id, product_id = excluded.product_id, quantity = excluded.quantity,
              period_start = excluded.period_start, period_end = excluded.period_end, is_current = excluded.is_current
            where (i.price_id, i.product_id, i.quantity, i.period_start, i.period_end, i.is_current)
              is distinct from (excluded.price_id, excluded.product_id, excluded.quantity, excluded.period_start,
                                excluded.period_end, excluded.is_current)
            """;

    private static final String UPSERT_PLANS = """
            insert into provisioning.customer_plan as c (customer_uuid, plan_id, created_at, ended_at, resources,
              stripe_account, subscription_id, stripe_price_id)
            select u, p.id, (k ->> 'since')::timestamptz, (k ->> 'until')::timestamptz, p.resources, a, s, k ->> 'priceId'
            from unnest($1::text[], $2::text[], $3::uuid[], $4::text[]) as q (a, s, u, spans)
            cross join lateral jsonb_array_elements(spans::jsonb) as k
            left join provisioning.plans p on p.stripe_account = a and p.stripe_price_id = k ->> 'priceId'
            on conflict (stripe_account, subscription_id, stripe_price_id) do update set
              created_at = excluded.created_at, ended_at = excluded.ended_at, updated_at = now()
            where (c.created_at, c.ended_at) is distinct from (excluded.created_at, excluded.ended_at)
            """;

    private static final String UPSERT_INVOICES = """
            insert into provisioning.subscription_invoices as i (stripe_account, invoice_id, subscription_id, paid_at,
              failed_at, period_start, period_end, credited_from)
            select a, id, s, min(paid), min(failed), min(start), max(finish), min(credit)
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
                        $7::timestamptz[], $8::timestamptz[]) as q (a, id, s, paid, failed, start, finish, credit)
            group by a, id, s
            on conflict (stripe_account, invoice_id, subscription_id) do update set
              paid_at = least(i.paid_at, excluded.paid_at), failed_at = least(i.failed_at, excluded.failed_at),
              period_start = least(i.period_start, excluded.period_start),
              period_end = greatest(i.period_end, excluded.period_end),
              credited_from = least(i.credited_from, excluded.credited_from)
            """;

    private static final String SETTLE_PAID_UNTIL = """
            update provisioning.subscriptions s set paid_until = p.paid_until
            from (select q.a, q.id, case when t.status = 'canceled' then least(max(i.period_end), max(i.credited_from))
                                         else max(i.period_end) end as paid_until
                  from unnest($1::text[], $2::text[]) as q (a, id)
                  join provisioning.subscriptions t on t.stripe_account = q.a and t.id = q.id
                  left join provisioning.subscription_invoices i
                    on i.stripe_account = q.a and i.subscription_id = q.id and i.paid_at is not null
                  group by q.a, q.id, t.status) p
            where s.stripe_account = p.a and s.id = p.id
            returning s.stripe_account, s.id, s.paid_until
            """;

    private static final String REMEMBER_TOLD = """
            update provisioning.subscriptions s set told = q.told, revision = s.revision + 1
            from unnest($1::text[], $2::text[], $3::text[]) as q (stripe_account, id, told)
            where s.stripe_account = q.stripe_account and s.id = q.id
            """;

    /** A failed or paid invoice as it is kept. */
    public record InvoiceRow(InvoiceFact fact, InvoiceFact.@Nullable Line paid, InvoiceFact.@Nullable Line credit) {}

    /** Writes everything but what was told; gives back until when each subscription is paid. */
    public Uni<Map<SubscriptionKey, Instant>> flush(
            SqlConnection transaction, Collection<Standing> standings, List<InvoiceRow> invoices) {
        List<Standing> rows = List.copyOf(standings);
        Map<SubscriptionKey, Instant> paidUntil = new HashMap<>();
        if (rows.isEmpty()) {
            return Uni.createFrom().item(paidUntil);
        }
        return run(transaction, APPEND_STATES, states(rows))
                .chain(() -> run(transaction, UPSERT_SUBSCRIPTIONS, heads(rows)))
                .chain(() -> run(
                        transaction,
                        UPSERT_ITEMS,
                        keys(rows).addArrayOfString(texts(rows, row -> json(SubscriptionRules.items(row.states()))))))
                .chain(() -> run(
                        transaction,
                        UPSERT_PLANS,
                        keys(rows)
                                .addArrayOfUUID(
                                        rows.stream().map(Standing::userId).toArray(UUID[]::new))
                                .addArrayOfString(texts(rows, row -> json(SubscriptionRules.plans(row.states()))))))
                .chain(() -> invoices.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : run(transaction, UPSERT_INVOICES, invoices(invoices)))
                .chain(() -> transaction.preparedQuery(SETTLE_PAID_UNTIL).execute(keys(rows)))
                .invoke(found -> found.forEach(row -> {
                    OffsetDateTime until = row.getOffsetDateTime("paid_until");
                    if (until != null) {
                        paidUntil.put(SubscriptionStore.key(row), until.toInstant());
                    }
                }))
                .replaceWith(paidUntil);
    }

    /** Keeps what the others are told now. */
    public Uni<Void> told(SqlConnection transaction, Map<SubscriptionKey, String> told) {
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<SubscriptionKey, String> rows = new LinkedHashMap<>(told);
        return run(
                transaction,
                REMEMBER_TOLD,
                SubscriptionStore.keys(rows.keySet(), SubscriptionKey::stripeAccount, SubscriptionKey::id)
                        .addArrayOfString(rows.values().toArray(String[]::new)));
    }

    private static Uni<Void> run(SqlConnection transaction, String sql, Tuple values) {
        return transaction.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    private static Tuple keys(List<Standing> rows) {
        return SubscriptionStore.keys(
                rows, row -> row.key().stripeAccount(), row -> row.key().id());
    }

    private static Tuple states(List<Standing> standings) {
        record Added(SubscriptionKey key, Snapshot state) {}
        List<Added> rows = standings.stream()
                .flatMap(standing -> standing.added().stream().map(state -> new Added(standing.key(), state)))
                .toList();
        return Tuple.tuple()
                .addArrayOfString(
                        rows.stream().map(row -> row.key().stripeAccount()).toArray(String[]::new))
                .addArrayOfString(
                        rows.stream().map(row -> row.state().eventId()).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(row -> row.key().id()).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(row -> row.state().status()).toArray(String[]::new))
                .addArrayOfShort(rows.stream()
                        .map(row -> (short) SubscriptionRules.progress(
                                SubscriptionState.of(row.state().status())))
                        .toArray(Short[]::new))
                .addArrayOfLong(rows.stream().map(row -> row.state().second()).toArray(Long[]::new))
                .addArrayOfShort(
                        rows.stream().map(row -> (short) row.state().updates()).toArray(Short[]::new))
                .addArrayOfString(rows.stream().map(row -> json(row.state())).toArray(String[]::new));
    }

    private static Tuple heads(List<Standing> rows) {
        return keys(rows)
                .addArrayOfUUID(rows.stream().map(Standing::userId).toArray(UUID[]::new))
                .addArrayOfString(texts(rows, row -> row.head().customerId()))
                .addArrayOfString(texts(rows, row -> json(row.head())));
    }

    private static Tuple invoices(List<InvoiceRow> rows) {
        return Tuple.tuple()
                .addArrayOfString(texts(rows, row -> row.fact().stripeAccount()))
                .addArrayOfString(texts(rows, row -> row.fact().invoiceId()))
                .addArrayOfString(texts(rows, row -> row.fact().subscription().id()))
                .addArrayOfOffsetDateTime(
                        times(rows, row -> row.fact().isPaid() ? row.fact().at() : null))
                .addArrayOfOffsetDateTime(times(
                        rows, row -> row.fact().isPaid() ? null : row.fact().at()))
                .addArrayOfOffsetDateTime(times(
                        rows, row -> row.paid() == null ? null : row.paid().start()))
                .addArrayOfOffsetDateTime(times(
                        rows, row -> row.paid() == null ? null : row.paid().end()))
                .addArrayOfOffsetDateTime(times(
                        rows, row -> row.credit() == null ? null : row.credit().start()));
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> OffsetDateTime[] times(List<T> rows, Function<T, @Nullable Instant> column) {
        List<@Nullable OffsetDateTime> times = new ArrayList<>();
        for (T row : rows) {
            Instant time = column.apply(row);
            times.add(time == null ? null : time.atOffset(ZoneOffset.UTC));
        }
        return times.toArray(new OffsetDateTime[0]);
    }
}
