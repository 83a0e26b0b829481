package dev.quittance.billing.reversal;

import dev.quittance.billing.reversal.Reversal.Change;
import dev.quittance.billing.reversal.Reversal.HoldChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How settled purchases stand, and the locks that keep two decisions about one purchase apart. */
@ApplicationScoped
public class ReversalStore {
    private static final int LOCK_BUCKETS = 4_096;
    private static final int LOCK_CLASS = "billing.reversals".hashCode();

    private static final String LOCK_PURCHASES =
            "select count(*) from (select pg_advisory_xact_lock($1, bucket) from unnest($2::int[]) as bucket) locked";

    // What names the charge alone is given the charge's intent, by which everything else finds it.
    private static final String LINK_CHARGES = """
            with links as (
              select c.stripe_account, c.charge_id, c.payment_intent_id
              from (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, charge_id)) k
              join billing.charges c using (stripe_account, charge_id)),
            refunds as (
              update billing.refunds t set payment_intent_id = l.payment_intent_id from links l
              where t.stripe_account = l.stripe_account and t.charge_id = l.charge_id and t.payment_intent_id is null),
            disputes as (
              update billing.disputes t set payment_intent_id = l.payment_intent_id from links l
              where t.stripe_account = l.stripe_account and t.charge_id = l.charge_id and t.payment_intent_id is null),
            warnings as (
              update billing.fraud_warnings t set payment_intent_id = l.payment_intent_id from links l
              where t.stripe_account = l.stripe_account and t.charge_id = l.charge_id and t.payment_intent_id is null),
            reviews as (
              update billing.reviews t set payment_intent_id = l.payment_intent_id from links l
              where t.stripe_account = l.stripe_account and t.charge_id = l.charge_id and t.payment_intent_id is null)
            select stripe_account, charge_id, payment_intent_id from links
            """;

    private static final String FIND_ANCHORS = """
            with paid as (select distinct * from unnest($1::text[], $2::text[]) as k(stripe_account, payment_intent_id))
            select stripe_account, payment_intent_id, s.anchor from paid
            join billing.settlements s using (stripe_account, payment_intent_id)
            union
            select stripe_account, payment_intent_id, i.invoice_id from paid
            join billing.invoice_payments i using (stripe_account, payment_intent_id)
            """;

    private static final String UPSERT_STANDINGS = """
            insert into billing.standings as t (anchor, revision, reversed_minor, points_taken, credits_taken)
            select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                as s(anchor, revision, reversed_minor, points_taken, credits_taken)
            order by anchor
            on conflict (anchor) do update set revision = excluded.revision, reversed_minor = excluded.reversed_minor,
                points_taken = excluded.points_taken, credits_taken = excluded.credits_taken, recorded_at = now()
            """;

    private static final String UPSERT_REVERSALS = """
            insert into billing.reversals as t (anchor, reversal_id, cause, amount_minor, revision, occurred_at)
            select distinct on (anchor, reversal_id) *
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])
                as s(anchor, reversal_id, cause, amount_minor, revision, occurred_at)
            order by anchor, reversal_id, revision desc
            on conflict (anchor, reversal_id) do update set
                amount_minor = excluded.amount_minor, revision = excluded.revision, recorded_at = now()
            """;

    private static final String UPSERT_HOLDS = """
            insert into billing.payment_holds as t (anchor, hold_id, reason, released)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) as s(anchor, hold_id, reason, released)
            order by anchor, hold_id
            on conflict (anchor, hold_id) do update set released = excluded.released, recorded_at = now()
            """;

    ReversalStore() {}

    /** A payment. */
    record Payment(String account, String intentId) {}

    /** A charge. */
    record Charge(String account, String id) {}

    /** A purchase with what was decided of it. */
    record Decided(Standing standing, Reversal reversal) {}

    private record Row<T>(Standing standing, T of) {}

    /** Keeps every other decision about these purchases and payments waiting until the commit. */
    Uni<Void> lock(SqlConnection transaction, Collection<String> ids) {
        Integer[] buckets = ids.stream()
                .map(id -> Math.floorMod(id.hashCode() * 0x9E3779B9, LOCK_BUCKETS))
                .distinct()
                .sorted()
                .toArray(Integer[]::new);
        return transaction
                .preparedQuery(LOCK_PURCHASES)
                .execute(Tuple.of(LOCK_CLASS).addArrayOfInteger(buckets))
                .replaceWithVoid();
    }

    /** The intent of each charge that is known, null for a charge without one. */
    Uni<Map<Charge, java.util.Optional<String>>> link(SqlConnection transaction, Collection<Charge> charges) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(charges.stream().map(Charge::account).toArray(String[]::new))
                .addArrayOfString(charges.stream().map(Charge::id).toArray(String[]::new));
        return transaction.preparedQuery(LINK_CHARGES).execute(keys).map(rows -> {
            Map<Charge, java.util.Optional<String>> intents = new HashMap<>();
            rows.forEach(row -> intents.put(
                    new Charge(row.getString("stripe_account"), row.getString("charge_id")),
                    java.util.Optional.ofNullable(row.getString("payment_intent_id"))));
            return intents;
        });
    }

    /** What the payments may have settled: anchors, whether settled yet or not. */
    Uni<Map<Payment, Set<String>>> anchors(SqlConnection transaction, Collection<Payment> payments) {
        Tuple keys = Tuple.tuple()
                .addArrayOfString(payments.stream().map(Payment::account).toArray(String[]::new))
                .addArrayOfString(payments.stream().map(Payment::intentId).toArray(String[]::new));
        return transaction.preparedQuery(FIND_ANCHORS).execute(keys).map(rows -> {
            Map<Payment, Set<String>> anchors = new HashMap<>();
            rows.forEach(row -> anchors.computeIfAbsent(
                            new Payment(row.getString("stripe_account"), row.getString("payment_intent_id")),
                            _ -> new HashSet<>())
                    .add(row.getString("anchor")));
            return anchors;
        });
    }

    /** Writes how the purchases stand now. */
    Uni<Void> write(SqlConnection transaction, List<Decided> all) {
        List<Decided> changed = all.stream()
                .filter(decided -> !decided.reversal().changes().isEmpty())
                .toList();
        List<Row<Change>> changes = rows(all, Reversal::changes);
        List<Row<HoldChange>> holds = rows(all, Reversal::holds);
        return (changed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(UPSERT_STANDINGS)
                                .execute(standings(changed))
                                .chain(() -> transaction
                                        .preparedQuery(UPSERT_REVERSALS)
                                        .execute(reversals(changes)))
                                .replaceWithVoid())
                .chain(() -> holds.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .preparedQuery(UPSERT_HOLDS)
                                .execute(holds(holds))
                                .replaceWithVoid());
    }

    private static <T> List<Row<T>> rows(List<Decided> all, Function<Reversal, List<T>> of) {
        List<Row<T>> rows = new ArrayList<>();
        all.forEach(decided ->
                of.apply(decided.reversal()).forEach(one -> rows.add(new Row<>(decided.standing(), one))));
        return rows;
    }

    private static Tuple standings(List<Decided> changed) {
        return Tuple.tuple()
                .addArrayOfString(texts(changed, one -> one.standing().anchor()))
                .addArrayOfLong(longs(changed, one -> one.reversal().revision()))
                .addArrayOfLong(longs(changed, one -> one.reversal().reversedMinor()))
                .addArrayOfLong(longs(changed, one -> one.reversal().pointsTaken()))
                .addArrayOfLong(longs(changed, one -> one.reversal().creditsTaken()));
    }

    private static Tuple reversals(List<Row<Change>> changes) {
        return Tuple.tuple()
                .addArrayOfString(texts(changes, row -> row.standing().anchor()))
                .addArrayOfString(texts(changes, row -> row.of().reversalId()))
                .addArrayOfString(texts(changes, row -> row.of().cause()))
                .addArrayOfLong(longs(changes, row -> row.of().amountMinor()))
                .addArrayOfLong(longs(changes, row -> row.of().revision()))
                .addArrayOfOffsetDateTime(changes.stream()
                        .map(row -> row.of().at().atOffset(ZoneOffset.UTC))
                        .toArray(java.time.OffsetDateTime[]::new));
    }

    private static Tuple holds(List<Row<HoldChange>> holds) {
        return Tuple.tuple()
                .addArrayOfString(texts(holds, row -> row.standing().anchor()))
                .addArrayOfString(texts(holds, row -> row.of().holdId()))
                .addArrayOfString(texts(holds, row -> row.of().reason()))
                .addArrayOfBoolean(
                        holds.stream().map(row -> row.of().released()).toArray(Boolean[]::new));
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Long[] longs(List<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
