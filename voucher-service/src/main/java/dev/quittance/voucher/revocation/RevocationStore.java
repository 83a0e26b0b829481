package dev.quittance.voucher.revocation;

import dev.quittance.contracts.voucher.VoucherTerm;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What was told of money, doubts and subscriptions, and the vouchers that turn by it; one statement a table. */
@Singleton
final class RevocationStore {
    private static final String REMEMBER_MONEY = """
            insert into voucher.payment_reversals as r
              (anchor, revision, reversal_id, paid_minor, reversed_minor, currency, told_at)
            select * from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[])
            on conflict (anchor) do update set
              revision = excluded.revision, reversal_id = excluded.reversal_id, paid_minor = excluded.paid_minor,
              reversed_minor = excluded.reversed_minor, currency = excluded.currency, told_at = excluded.told_at
            where r.revision < excluded.revision
            """;

    private static final String REMEMBER_HOLDS = """
            insert into voucher.payment_holds as h (anchor, hold_id, reason, released, told_at)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[])
            on conflict (anchor, hold_id) do update set released = true, told_at = excluded.told_at
            where excluded.released and not h.released
            """;

    private static final String REMEMBER_SUBSCRIPTIONS = """
            insert into voucher.subscription_states as s (stripe_account, subscription_id, revision, status, told_at)
            select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[])
            on conflict (stripe_account, subscription_id) do update set
              revision = excluded.revision, status = excluded.status, told_at = excluded.told_at
            where s.revision < excluded.revision
            """;

    private static final String REVERSED_AMONG =
            "select anchor from voucher.payment_reversals where anchor = any($1::text[])";

    private static final String LOCK = """
            select v.id, coalesce(v.paid_anchor, v.anchor) as money_anchor, v.unit, v.duration_months, v.duration_days, v.status,
                   v.revoked_from, v.revocation, v.revision, v.associated_account, v.stripe_account, v.subscription_id
            from voucher.vouchers v
            where v.id in (select id from voucher.vouchers where anchor = any($1::text[])
                           union select id from voucher.vouchers where paid_anchor = any($1::text[])
                           union select id from voucher.vouchers where subscription_id = any($2::text[]))
            order by v.id for update
            """;

    private static final String MONEY = """
            select anchor, revision, reversal_id, paid_minor, reversed_minor, currency, told_at
            from voucher.payment_reversals where anchor = any($1::text[])
            """;

    private static final String SUBSCRIPTIONS = """
            select stripe_account, subscription_id, revision, status, told_at
            from voucher.subscription_states where subscription_id = any($1::text[])
            """;

    private static final String TURN = """
            with turned as (
              update voucher.vouchers v
              set status = t.status, revoked_from = t.revoked_from, revocation = t.revocation, revision = t.revision,
                  updated_by = t.cause
              from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
                as t (id, status, revoked_from, revocation, revision, cause, action)
              where v.id = t.id
              returning v.id, t.action, t.cause)
            insert into voucher.voucher_audit (voucher_id, action, actor, cause, recorded_at)
            select id, action, 'revocation', cause, $8 from turned
            """;

    Uni<Void> rememberMoney(SqlConnection transaction, Collection<MoneyState> states) {
        return states.isEmpty()
                ? Uni.createFrom().voidItem()
                : run(
                        transaction,
                        REMEMBER_MONEY,
                        Tuple.tuple()
                                .addArrayOfString(texts(states, MoneyState::anchor))
                                .addArrayOfLong(longs(states, MoneyState::revision))
                                .addArrayOfString(texts(states, MoneyState::reversalId))
                                .addArrayOfLong(longs(states, MoneyState::paidMinor))
                                .addArrayOfLong(longs(states, MoneyState::reversedMinor))
                                .addArrayOfString(texts(states, MoneyState::currency))
                                .addArrayOfOffsetDateTime(times(states, MoneyState::toldAt)));
    }

    Uni<Void> rememberHolds(SqlConnection transaction, Collection<Hold> holds) {
        return holds.isEmpty()
                ? Uni.createFrom().voidItem()
                : run(
                        transaction,
                        REMEMBER_HOLDS,
                        Tuple.tuple()
                                .addArrayOfString(texts(holds, Hold::anchor))
                                .addArrayOfString(texts(holds, Hold::holdId))
                                .addArrayOfString(texts(holds, Hold::reason))
                                .addArrayOfBoolean(
                                        holds.stream().map(Hold::isReleased).toArray(Boolean[]::new))
                                .addArrayOfOffsetDateTime(times(holds, Hold::toldAt)));
    }

    Uni<Void> rememberSubscriptions(SqlConnection transaction, Collection<SubscriptionState> states) {
        return states.isEmpty()
                ? Uni.createFrom().voidItem()
                : run(
                        transaction,
                        REMEMBER_SUBSCRIPTIONS,
                        Tuple.tuple()
                                .addArrayOfString(texts(states, SubscriptionState::stripeAccount))
                                .addArrayOfString(texts(states, SubscriptionState::subscriptionId))
                                .addArrayOfLong(longs(states, SubscriptionState::revision))
                                .addArrayOfString(texts(states, SubscriptionState::status))
                                .addArrayOfOffsetDateTime(times(states, SubscriptionState::toldAt)));
    }

    /** Those of the anchors of whose money something was told. */
    Uni<List<String>> reversedAmong(SqlConnection transaction, Collection<String> anchors) {
        return list(transaction, REVERSED_AMONG, strings(anchors), row -> row.getString("anchor"));
    }

    /** Locks the vouchers of purchases and of subscriptions, in an order in which two transactions cannot wait for each other. */
    Uni<List<Holding>> lock(SqlConnection transaction, Collection<String> anchors, Collection<String> subscriptions) {
        return list(
                transaction,
                LOCK,
                strings(anchors).addArrayOfString(subscriptions.toArray(String[]::new)),
                RevocationStore::holding);
    }

    Uni<List<MoneyState>> money(SqlConnection transaction, Collection<String> anchors) {
        return list(
                transaction,
                MONEY,
                strings(anchors),
                row -> new MoneyState(
                        row.getString("anchor"),
                        row.getLong("revision"),
                        row.getString("reversal_id"),
                        row.getLong("paid_minor"),
                        row.getLong("reversed_minor"),
                        row.getString("currency"),
                        row.getOffsetDateTime("told_at").toInstant()));
    }

    Uni<List<SubscriptionState>> subscriptions(SqlConnection transaction, Collection<String> subscriptions) {
        return list(
                transaction,
                SUBSCRIPTIONS,
                strings(subscriptions),
                row -> new SubscriptionState(
                        row.getString("stripe_account"),
                        row.getString("subscription_id"),
                        row.getLong("revision"),
                        row.getString("status"),
                        row.getOffsetDateTime("told_at").toInstant()));
    }

    Uni<Void> turn(SqlConnection transaction, List<Turn> turns, Instant now) {
        return run(
                transaction,
                TURN,
                Tuple.tuple()
                        .addArrayOfUUID(
                                turns.stream().map(turn -> turn.voucher().id()).toArray(UUID[]::new))
                        .addArrayOfString(texts(turns, Turn::toStatus))
                        .addArrayOfString(turns.stream()
                                .map(turn ->
                                        turn.isRevocation() ? turn.voucher().status() : null)
                                .toArray(String[]::new))
                        .addArrayOfString(turns.stream()
                                .map(turn -> turn.isRevocation() ? turn.cause() : null)
                                .toArray(String[]::new))
                        .addArrayOfLong(longs(turns, Turn::revision))
                        .addArrayOfString(texts(turns, Turn::cause))
                        .addArrayOfString(texts(turns, turn -> turn.isRevocation() ? "revoked" : "restored"))
                        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)));
    }

    private static Holding holding(Row row) {
        return new Holding(
                row.getUUID("id"),
                row.getString("money_anchor"),
                row.getInteger("unit"),
                new VoucherTerm(row.getInteger("duration_months"), row.getInteger("duration_days")),
                row.getString("status"),
                row.getString("revoked_from"),
                row.getString("revocation"),
                row.getLong("revision"),
                row.getString("associated_account"),
                row.getString("stripe_account"),
                row.getString("subscription_id"));
    }

    private static Uni<Void> run(SqlConnection transaction, String sql, Tuple values) {
        return transaction.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    private static <T> Uni<List<T>> list(SqlConnection transaction, String sql, Tuple values, Function<Row, T> read) {
        return transaction.preparedQuery(sql).execute(values).map(rows -> {
            List<T> list = new ArrayList<>();
            rows.forEach(row -> list.add(read.apply(row)));
            return list;
        });
    }

    private static Tuple strings(Collection<String> values) {
        return Tuple.tuple().addArrayOfString(values.toArray(String[]::new));
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Long[] longs(Collection<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).boxed().toArray(Long[]::new);
    }

    private static <T> OffsetDateTime[] times(Collection<T> rows, Function<T, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
