package dev.quittance.voucher.expiry;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Keeps what provisioning tells of accounts; the newest word counts. */
@Singleton
public final class ExpiryStore {
    private static final String KEEP_MOVES = """
            insert into voucher.account_moves (cause, account_number, expiry, told_at)
            select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[])
            on conflict (cause) do nothing
            """;

    private static final String KEEP_EXPIRIES = """
            insert into voucher.account_expiries as e (account_number, expiry, expiry_told_at)
            select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[])
            on conflict (account_number) do update set expiry = excluded.expiry, expiry_told_at = excluded.expiry_told_at
            where e.expiry_told_at is null or (e.expiry_told_at, e.expiry) < (excluded.expiry_told_at, excluded.expiry)
            """;

    private static final String KEEP_ACCESS = """
            insert into voucher.account_expiries as e (account_number, is_closed, access_revision)
            select * from unnest($1::text[], $2::boolean[], $3::bigint[])
            on conflict (account_number) do update set
              is_closed = excluded.is_closed, access_revision = excluded.access_revision
            where e.access_revision < excluded.access_revision
            """;

    public Uni<Void> keepMoves(SqlConnection transaction, Collection<AccountMove> moves) {
        if (moves.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Collection<AccountMove> last = last(
                moves,
                AccountMove::accountNumber,
                Comparator.comparing(AccountMove::toldAt).thenComparing(AccountMove::expiry));
        return transaction
                .preparedQuery(KEEP_MOVES)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(moves, AccountMove::cause))
                        .addArrayOfString(texts(moves, AccountMove::accountNumber))
                        .addArrayOfOffsetDateTime(times(moves, AccountMove::expiry))
                        .addArrayOfOffsetDateTime(times(moves, AccountMove::toldAt)))
                .chain(() -> transaction
                        .preparedQuery(KEEP_EXPIRIES)
                        .execute(Tuple.tuple()
                                .addArrayOfString(texts(last, AccountMove::accountNumber))
                                .addArrayOfOffsetDateTime(times(last, AccountMove::expiry))
                                .addArrayOfOffsetDateTime(times(last, AccountMove::toldAt))))
                .replaceWithVoid();
    }

    public Uni<Void> keepAccess(SqlConnection transaction, Collection<AccountAccess> words) {
        if (words.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Collection<AccountAccess> last =
                last(words, AccountAccess::accountNumber, Comparator.comparingLong(AccountAccess::revision));
        return transaction
                .preparedQuery(KEEP_ACCESS)
                .execute(Tuple.tuple()
                        .addArrayOfString(texts(last, AccountAccess::accountNumber))
                        .addArrayOfBoolean(
                                last.stream().map(AccountAccess::isClosed).toArray(Boolean[]::new))
                        .addArrayOfLong(
                                last.stream().map(AccountAccess::revision).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** One for each account, in an order in which two transactions cannot wait for each other. */
    private static <T> Collection<T> last(Collection<T> all, Function<T, String> key, Comparator<T> order) {
        Map<String, T> last = new TreeMap<>();
        all.forEach(one -> last.merge(key.apply(one), one, BinaryOperator.maxBy(order)));
        return last.values();
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> OffsetDateTime[] times(Collection<T> rows, Function<T, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
