package dev.quittance.provisioning.subscription;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mirror of schedules. What is over stays over, and a later word replaces an earlier one. */
public final class ScheduleStore {
    private static final String UPSERT = """
            insert into provisioning.subscription_schedules as s (stripe_account, schedule_id, subscription_id,
              stripe_customer_id, status, phases, rank, as_of)
            select a, id, subscription, customer, status, phases::jsonb, rank, as_of
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[], $8::text[])
              as q (a, id, subscription, customer, status, phases, rank, as_of)
            on conflict (stripe_account, schedule_id) do update set
              subscription_id = excluded.subscription_id, stripe_customer_id = excluded.stripe_customer_id,
              status = excluded.status, phases = excluded.phases, rank = excluded.rank, as_of = excluded.as_of,
              updated_at = now()
            where (excluded.rank, excluded.as_of) > (s.rank, s.as_of)
            """;

    public Uni<Void> upsert(SqlConnection transaction, Collection<ScheduleFact> facts) {
        Map<String, ScheduleFact> latest = new LinkedHashMap<>();
        facts.forEach(fact -> latest.merge(fact.subject(), fact, (a, b) -> b.isLaterThan(a) ? b : a));
        List<ScheduleFact> rows = List.copyOf(latest.values());
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(rows.stream().map(ScheduleFact::stripeAccount).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(ScheduleFact::scheduleId).toArray(String[]::new))
                .addArrayOfString(
                        rows.stream().map(ScheduleFact::subscriptionId).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(ScheduleFact::customerId).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(ScheduleFact::status).toArray(String[]::new))
                .addArrayOfString(rows.stream().map(ScheduleFact::phases).toArray(String[]::new))
                .addArrayOfShort(
                        rows.stream().map(row -> (short) (row.isOver() ? 1 : 0)).toArray(Short[]::new))
                .addArrayOfString(rows.stream().map(row -> row.stamp().text()).toArray(String[]::new));
        return transaction.preparedQuery(UPSERT).execute(columns).replaceWithVoid();
    }
}
