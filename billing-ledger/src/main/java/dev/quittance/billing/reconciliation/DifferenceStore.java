package dev.quittance.billing.reconciliation;

import dev.quittance.billing.reconciliation.ReconciliationStore.Run;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is booked, what Stripe says, and where the two differ. */
@ApplicationScoped
class DifferenceStore {
    private static final String FIND_BOOKED = """
            select e.business_key, a.unit as currency,
                   sum(case l.direction when 'debit' then l.amount else -l.amount end)::bigint as minor
            from unnest($1::text[]) as k(business_key)
            join billing.journal_entries e on e.business_key = k.business_key
            join billing.entry_lines l on l.entry_id = e.entry_id
            join billing.ledger_accounts a on a.account_id = l.account_id and a.name like 'stripe\\_clearing:%'
            group by 1, 2
            """;

    private static final String INSERT_MOVEMENTS = """
            insert into billing.reconciled_movements
              (run_id, transaction_id, kind, source_id, currency, stripe_minor, booked_minor, business_keys, moved_at)
            select $1, m.id, m.kind, m.source_id, m.currency, m.stripe_minor, m.booked_minor, string_to_array(m.keys, ' '), m.at
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[], $9::timestamptz[])
              as m(id, kind, source_id, currency, stripe_minor, booked_minor, keys, at)
            on conflict do nothing
            """;

    private static final String UPSERT = """
            insert into billing.reconciliation_differences (subject, class, run_id, currency, stripe_minor, booked_minor, state)
            select d.subject, d.class, $1, d.currency, d.stripe_minor, d.booked_minor, d.state
            from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[])
              as d(subject, class, currency, stripe_minor, booked_minor, state)
            on conflict (subject) do update
            set class = excluded.class, run_id = excluded.run_id, currency = excluded.currency,
                stripe_minor = excluded.stripe_minor, booked_minor = excluded.booked_minor, state = excluded.state,
                updated_at = now()
            """;

    private static final String SETTLE = """
            update billing.reconciliation_differences set state = 'settled', updated_at = now()
            where subject = any($1::text[]) and state <> 'settled'
            """;

    // Booked on a clearing account in the period, and never seen by any run.
    private static final String FIND_NOT_AT_STRIPE = """
            select e.business_key, a.unit as currency,
                   sum(case l.direction when 'debit' then l.amount else -l.amount end)::bigint as minor
            from billing.journal_entries e
            join billing.entry_lines l on l.entry_id = e.entry_id
            join billing.ledger_accounts a on a.account_id = l.account_id and a.name like 'stripe\\_clearing:%'
            where e.stripe_account = $3 and e.occurred_at >= $1 and e.occurred_at < $2 and e.recorded_at < $2
              and not exists (select from billing.reconciled_movements m where m.business_keys @> array[e.business_key])
            group by 1, 2 order by 1 limit 1000
            """;

    private static final String SUM_PAYOUT = """
            select currency, coalesce(sum(stripe_minor) filter (where kind not like 'payout%'), 0)::bigint as paid_out,
                   coalesce(-sum(stripe_minor) filter (where kind = 'payout'), 0)::bigint as payout,
                   coalesce(sum(booked_minor) filter (where kind not like 'payout%'), 0)::bigint as booked
            from billing.reconciled_movements where run_id = $1 group by currency
            """;

    private static final String OVERDUE_DISPUTES = """
            select stripe_account, dispute_id from billing.disputes
            where status in ('needs_response', 'under_review', 'warning_needs_response', 'warning_under_review')
              and greatest(evidence_due_at, created_at + $1 * interval '1 millisecond') < now()
            order by created_at limit 1000
            """;

    private static final String OF_RUN = """
            select subject, class, currency, stripe_minor, booked_minor, state
            from billing.reconciliation_differences where run_id = $1 order by difference_id limit 1000
            """;

    private static final String OPEN = """
            select subject, class, currency, stripe_minor, booked_minor, state
            from billing.reconciliation_differences where state <> 'settled' order by difference_id desc limit 1000
            """;

    private final Pool pool;

    DifferenceStore(Pool pool) {
        this.pool = pool;
    }

    /** A dispute that should have been decided. */
    record Overdue(String account, String id) {}

    /** The oldest first. */
    Uni<List<Overdue>> overdueDisputes(Duration after) {
        return pool.preparedQuery(OVERDUE_DISPUTES)
                .execute(Tuple.of((double) after.toMillis()))
                .map(rows -> {
                    List<Overdue> overdue = new ArrayList<>();
                    rows.forEach(row ->
                            overdue.add(new Overdue(row.getString("stripe_account"), row.getString("dispute_id"))));
                    return overdue;
                });
    }

    /** A movement with what is booked for it. */
    record Matched(Movement movement, long bookedMinor) {}

    /** A difference as it is shown. */
    record DifferenceView(
            String subject, String kind, String currency, long stripeMinor, long bookedMinor, String state) {}

    Uni<Map<String, List<Booked>>> booked(SqlConnection transaction, List<String> keys) {
        return transaction
                .preparedQuery(FIND_BOOKED)
                .execute(Tuple.tuple().addArrayOfString(keys.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, List<Booked>> booked = new HashMap<>();
                    rows.forEach(row -> booked.computeIfAbsent(row.getString("business_key"), _ -> new ArrayList<>())
                            .add(new Booked(
                                    row.getString("business_key"), row.getString("currency"), row.getLong("minor"))));
                    return booked;
                });
    }

    Uni<Void> insert(SqlConnection transaction, Run run, List<Matched> all) {
        List<Movement> movements = all.stream().map(Matched::movement).toList();
        Tuple columns = Tuple.tuple()
                .addLong(run.runId())
                .addArrayOfString(movements.stream().map(Movement::id).toArray(String[]::new))
                .addArrayOfString(movements.stream().map(Movement::kind).toArray(String[]::new))
                .addArrayOfString(movements.stream().map(Movement::sourceId).toArray(String[]::new))
                .addArrayOfString(movements.stream().map(Movement::currency).toArray(String[]::new))
                .addArrayOfLong(movements.stream().map(Movement::netMinor).toArray(Long[]::new))
                .addArrayOfLong(all.stream().map(Matched::bookedMinor).toArray(Long[]::new))
                .addArrayOfString(movements.stream()
                        .map(movement -> String.join(" ", ReconciliationRules.keys(run.account(), movement)))
                        .toArray(String[]::new))
                .addArrayOfOffsetDateTime(movements.stream()
                        .map(movement -> movement.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery(INSERT_MOVEMENTS).execute(columns).replaceWithVoid();
    }

    Uni<Void> upsert(SqlConnection transaction, Run run, List<Difference> differences) {
        Tuple columns = Tuple.tuple()
                .addLong(run.runId())
                .addArrayOfString(differences.stream().map(Difference::subject).toArray(String[]::new))
                .addArrayOfString(
                        differences.stream().map(one -> one.kind().name()).toArray(String[]::new))
                .addArrayOfString(differences.stream().map(Difference::currency).toArray(String[]::new))
                .addArrayOfLong(
                        differences.stream().map(Difference::stripeMinor).toArray(Long[]::new))
                .addArrayOfLong(
                        differences.stream().map(Difference::bookedMinor).toArray(Long[]::new))
                .addArrayOfString(differences.stream()
                        .map(one -> one.kind().isHealed() ? "healing" : "open")
                        .toArray(String[]::new));
        return transaction.preparedQuery(UPSERT).execute(columns).replaceWithVoid();
    }

    Uni<Void> settle(SqlConnection transaction, List<String> subjects) {
        return transaction
                .preparedQuery(SETTLE)
                .execute(Tuple.tuple().addArrayOfString(subjects.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<List<Difference>> notAtStripe(SqlConnection transaction, String account, Instant from, Instant to) {
        return transaction
                .preparedQuery(FIND_NOT_AT_STRIPE)
                .execute(Tuple.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), account))
                .map(rows -> {
                    List<Difference> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new Difference(
                            Difference.Kind.NOT_AT_STRIPE,
                            row.getString("business_key"),
                            row.getString("currency"),
                            0,
                            row.getLong("minor"))));
                    return found;
                });
    }

    /** A payout is what was paid out by it, at Stripe and in the books. */
    Uni<List<Difference>> payout(SqlConnection transaction, Run run, String payout) {
        return transaction
                .preparedQuery(SUM_PAYOUT)
                .execute(Tuple.of(run.runId()))
                .map(rows -> {
                    List<Difference> found = new ArrayList<>();
                    rows.forEach(row -> {
                        long amount = row.getLong("payout");
                        if (amount != row.getLong("paid_out") || amount != row.getLong("booked")) {
                            found.add(new Difference(
                                    Difference.Kind.PAYOUT_DIFFERS,
                                    payout,
                                    row.getString("currency"),
                                    amount,
                                    row.getLong("booked")));
                        }
                    });
                    return found;
                });
    }

    /** The differences of a run; without one, all that are not settled. */
    Uni<List<DifferenceView>> find(@Nullable Long runId) {
        return (runId == null
                        ? pool.preparedQuery(OPEN).execute()
                        : pool.preparedQuery(OF_RUN).execute(Tuple.of(runId)))
                .map(rows -> {
                    List<DifferenceView> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new DifferenceView(
                            row.getString("subject"),
                            row.getString("class"),
                            row.getString("currency"),
                            row.getLong("stripe_minor"),
                            row.getLong("booked_minor"),
                            row.getString("state"))));
                    return found;
                });
    }
}
