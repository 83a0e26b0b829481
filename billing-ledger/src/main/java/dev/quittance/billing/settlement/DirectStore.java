package dev.quittance.billing.settlement;

import dev.quittance.billing.fact.IntentSeen;
import dev.quittance.billing.settlement.Purchase.Buyer;
import dev.quittance.contracts.money.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of payments that say themselves what they are for. */
@ApplicationScoped
public class DirectStore {
    private static final String LOAD = """
            select p.stripe_account, p.payment_intent_id, p.status = 'succeeded' as paid, p.amount_received_minor, p.currency,
                   p.metadata, p.created_at, p.customer_id, c.user_id, c.account_number,
                   u.user_id as named_id, u.account_number as named_number,
                   k1.points, k1.price_minor as points_price, k1.currency as points_currency,
                   k2.credits, k2.price_minor as credits_price, k2.currency as credits_currency,
                   exists (select from billing.settlements x where x.anchor = p.payment_intent_id) as settled,
                   p.invoice_id is not null
                     or exists (select from billing.invoice_payments i
                                where i.stripe_account = p.stripe_account and i.payment_intent_id = p.payment_intent_id)
                     or exists (select from billing.checkout_sessions s
                                where s.stripe_account = p.stripe_account and s.payment_intent_id = p.payment_intent_id) as owned,
                   (select q.outcome = 'done' from billing.stripe_lookups q
                    where q.stripe_account = p.stripe_account and q.kind = 'intent_owner'
                      and q.object_id = p.payment_intent_id and q.outcome is not null) as owner
            from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, payment_intent_id)) k
            join billing.payment_intents p using (stripe_account, payment_intent_id)
            cross join lateral (select coalesce(p.metadata ->> 'user_id', p.metadata ->> 'userId') as named) n
            left join billing.customers c using (stripe_account, customer_id)
            left join lateral (
              select i.user_id, i.account_number from billing.identities i
              where i.user_id = case when n.named ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then n.named::uuid end
              limit 1) u on true
            left join billing.packages k1 on k1.package_id = p.metadata ->> 'package_id'
            left join billing.credit_plans k2 on k2.plan = p.metadata ->> 'plan'
            where p.metadata is not null
            order by p.stripe_account, p.payment_intent_id
            """;

    DirectStore() {}

    Uni<List<Direct>> load(SqlConnection transaction, List<IntentSeen> intents) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(intents.stream().map(IntentSeen::account).toArray(String[]::new))
                .addArrayOfString(intents.stream().map(IntentSeen::id).toArray(String[]::new));
        return transaction.preparedQuery(LOAD).execute(keys).map(rows -> {
            List<Direct> all = new ArrayList<>();
            rows.forEach(row -> all.add(direct(row)));
            return all;
        });
    }

    private static Direct direct(Row row) {
        String intent = row.getString("payment_intent_id");
        Purchase purchase = new Purchase(
                row.getString("stripe_account"),
                intent,
                "payment",
                "complete",
                "paid",
                intent,
                null,
                new Money(row.getLong("amount_received_minor"), row.getString("currency")),
                null,
                SettlementStore.offer(row, "points"),
                SettlementStore.offer(row, "credits"),
                SettlementStore.texts(row.getJsonObject("metadata")),
                "looked_up",
                List.of(),
                buyer(row.getUUID("user_id"), row.getString("account_number")),
                row.getBoolean("paid"),
                row.getBoolean("settled"),
                false,
                null,
                row.getOffsetDateTime("created_at").toInstant());
        return new Direct(
                purchase,
                row.getString("customer_id"),
                buyer(row.getUUID("named_id"), row.getString("named_number")),
                row.getBoolean("owned"),
                row.getBoolean("owner"));
    }

    private static @Nullable Buyer buyer(@Nullable UUID userId, String accountNumber) {
        return userId == null ? null : new Buyer(userId, accountNumber);
    }
}
