package dev.quittance.provisioning.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

/** The expiry of accounts and what moved it. */
public final class AccountStore {
    private static final String LOCK_ACCOUNTS = """
            select account_number, user_id, expiry from provisioning.accounts
            where account_number = any ($1) order by account_number for no key update
            """;

    private static final String FIND_MOVES = """
            select id, business_key, kind, account_number, starts_at, months, days, seconds, voucher_id, stripe_account,
                   subscription_id, invoice_id, target, previous_expiry, owed_seconds
            from provisioning.account_extensions where account_number = any ($1) order by id
            """;

    private static final String FIND_COUNTED =
            "select business_key from provisioning.account_extensions where business_key = any ($1)";

    private static final String MOVE_EXPIRIES = """
            update provisioning.accounts a set expiry = q.expiry
            from unnest($1::text[], $2::timestamptz[]) as q (account_number, expiry)
            where a.account_number = q.account_number
            """;

    private static final String APPEND_EXTENSIONS = """
            insert into provisioning.account_extensions
              (business_key, kind, account_number, user_id, voucher_id, months, days, seconds, starts_at, stripe_account,
               subscription_id, invoice_id, target, previous_expiry, new_expiry, cause_event_id, owed_seconds)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::int[], $7::int[],
                                 $8::bigint[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::text[],
                                 $14::timestamptz[], $15::timestamptz[], $16::text[], $17::bigint[])
            """;

    /** What the moves name, locked until the transaction ends. */
    public Uni<Expiries> load(SqlConnection transaction, Collection<TimeMove> moves) {
        Expiries expiries = new Expiries();
        if (moves.isEmpty()) {
            return Uni.createFrom().item(expiries);
        }
        String[] numbers =
                moves.stream().map(TimeMove::accountNumber).distinct().toArray(String[]::new);
        String[] keys = moves.stream().map(TimeMove::businessKey).toArray(String[]::new);
        return transaction
                .preparedQuery(LOCK_ACCOUNTS)
                .execute(Tuple.tuple().addArrayOfString(numbers))
                .chain(accounts -> transaction
                        .preparedQuery(FIND_MOVES)
                        .execute(Tuple.tuple().addArrayOfString(numbers))
                        .invoke(found -> load(expiries, accounts, found)))
                .chain(() -> transaction
                        .preparedQuery(FIND_COUNTED)
                        .execute(Tuple.tuple().addArrayOfString(keys)))
                .invoke(rows -> rows.forEach(row -> expiries.loadCounted(row.getString("business_key"))))
                .replaceWith(expiries);
    }

    private static void load(Expiries expiries, RowSet<Row> accounts, RowSet<Row> found) {
        Map<String, List<TimeMove>> moves = new HashMap<>();
        Map<String, @Nullable Instant> bases = new HashMap<>();
        found.forEach(row -> {
            String number = row.getString("account_number");
            if (!moves.containsKey(number)) {
                bases.put(number, instant(row.getOffsetDateTime("previous_expiry")));
            }
            expiries.loadOwed(row.getString("business_key"), row.getLong("owed_seconds"));
            moves.computeIfAbsent(number, _ -> new ArrayList<>()).add(move(row));
        });
        accounts.forEach(row -> {
            String number = row.getString("account_number");
            @Nullable Instant expiry = instant(row.getOffsetDateTime("expiry"));
            List<TimeMove> all = moves.get(number);
            expiries.load(
                    number,
                    new Expiries.Account(
                            row.getUUID("user_id"),
                            all == null ? expiry : bases.get(number),
                            expiry,
                            all == null ? List.of() : all));
        });
    }

    /** Writes where the accounts' expiries are now, and why. */
    public Uni<Void> flush(SqlConnection transaction, Expiries expiries) {
        List<Extension> extensions = expiries.extensions();
        if (extensions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, @Nullable Instant> last = new LinkedHashMap<>();
        extensions.forEach(extension -> last.put(extension.cause().accountNumber(), extension.expiry()));
        Tuple moved = Tuple.tuple()
                .addArrayOfString(last.keySet().toArray(String[]::new))
                .addArrayOfOffsetDateTime(
                        last.values().stream().map(AccountStore::time).toArray(OffsetDateTime[]::new));
        return transaction
                .preparedQuery(MOVE_EXPIRIES)
                .execute(moved)
                .chain(() -> transaction.preparedQuery(APPEND_EXTENSIONS).execute(columns(extensions)))
                .replaceWithVoid();
    }

    /** A stored move, as it is read with the columns of this table. */
    public static TimeMove move(Row row) {
        String invoiceId = row.getString("invoice_id");
        return new TimeMove(
                row.getString("business_key"),
                TimeMove.Kind.of(row.getString("kind")),
                row.getString("account_number"),
                row.getOffsetDateTime("starts_at").toInstant(),
                row.getInteger("months"),
                row.getInteger("days"),
                row.getLong("seconds"),
                row.getUUID("voucher_id"),
                invoiceId == null
                        ? null
                        : new TimeMove.Invoice(
                                row.getString("stripe_account"), row.getString("subscription_id"), invoiceId),
                row.getString("target"),
                null);
    }

    private static Tuple columns(List<Extension> rows) {
        List<TimeMove> moves = rows.stream().map(Extension::cause).toList();
        return Tuple.tuple()
                .addArrayOfString(moves.stream().map(TimeMove::businessKey).toArray(String[]::new))
                .addArrayOfString(
                        moves.stream().map(move -> move.kind().token()).toArray(String[]::new))
                .addArrayOfString(moves.stream().map(TimeMove::accountNumber).toArray(String[]::new))
                .addArrayOfUUID(rows.stream().map(Extension::userId).toArray(UUID[]::new))
                .addArrayOfUUID(moves.stream().map(TimeMove::voucherId).toArray(UUID[]::new))
                .addArrayOfInteger(moves.stream().map(TimeMove::months).toArray(Integer[]::new))
                .addArrayOfInteger(moves.stream().map(TimeMove::days).toArray(Integer[]::new))
                .addArrayOfLong(moves.stream().map(TimeMove::seconds).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(
                        moves.stream().map(move -> time(move.startsAt())).toArray(OffsetDateTime[]::new))
                .addArrayOfString(invoices(moves, TimeMove.Invoice::stripeAccount))
                .addArrayOfString(invoices(moves, TimeMove.Invoice::subscriptionId))
                .addArrayOfString(invoices(moves, TimeMove.Invoice::invoiceId))
                .addArrayOfString(moves.stream().map(TimeMove::target).toArray(String[]::new))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(row -> time(row.previousExpiry())).toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(row -> time(row.expiry())).toArray(OffsetDateTime[]::new))
                .addArrayOfString(rows.stream().map(Extension::eventId).toArray(String[]::new))
                .addArrayOfLong(rows.stream()
                        .map(row -> row.cause().kind() == TimeMove.Kind.TAKE ? row.owedSeconds() : 0)
                        .toArray(Long[]::new));
    }

    private static String[] invoices(List<TimeMove> moves, Function<TimeMove.Invoice, String> column) {
        return moves.stream()
                .map(move -> move.invoice() == null ? null : column.apply(move.invoice()))
                .toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
