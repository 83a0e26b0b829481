package dev.quittance.provisioning.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The expiry of accounts and what moved it. */
public final class AccountStore {
    private static final String LOCK_ACCOUNTS = """
            select account_number, user_id, expiry from provisioning.accounts
            where account_number = any ($1) order by account_number for no key update
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
              (business_key, account_number, user_id, voucher_id, months, days, previous_expiry, new_expiry, cause_event_id)
            select * from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::timestamptz[],
                                 $8::timestamptz[], $9::text[])
            """;

    /** What the vouchers name, locked until the transaction ends. */
    public Uni<Expiries> load(SqlConnection transaction, Collection<VoucherTime> times) {
        Expiries expiries = new Expiries();
        if (times.isEmpty()) {
            return Uni.createFrom().item(expiries);
        }
        String[] numbers =
                times.stream().map(VoucherTime::accountNumber).distinct().toArray(String[]::new);
        String[] keys = times.stream().map(VoucherTime::businessKey).toArray(String[]::new);
        return transaction
                .preparedQuery(LOCK_ACCOUNTS)
                .execute(Tuple.tuple().addArrayOfString(numbers))
                .invoke(rows -> rows.forEach(row -> expiries.load(
                        row.getString("account_number"),
                        new Expiries.Account(row.getUUID("user_id"), instant(row.getOffsetDateTime("expiry"))))))
                .chain(() -> transaction
                        .preparedQuery(FIND_COUNTED)
                        .execute(Tuple.tuple().addArrayOfString(keys)))
                .invoke(rows -> rows.forEach(row -> expiries.loadCounted(row.getString("business_key"))))
                .replaceWith(expiries);
    }

    /** Writes where the accounts' expiries are now, and why. */
    public Uni<Void> flush(SqlConnection transaction, Expiries expiries) {
        List<Extension> extensions = expiries.extensions();
        if (extensions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, Instant> last = new LinkedHashMap<>();
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

    private static Tuple columns(List<Extension> rows) {
        return Tuple.tuple()
                .addArrayOfString(
                        rows.stream().map(row -> row.cause().businessKey()).toArray(String[]::new))
                .addArrayOfString(
                        rows.stream().map(row -> row.cause().accountNumber()).toArray(String[]::new))
                .addArrayOfUUID(rows.stream().map(Extension::userId).toArray(UUID[]::new))
                .addArrayOfUUID(
                        rows.stream().map(row -> row.cause().voucherId()).toArray(UUID[]::new))
                .addArrayOfInteger(
                        rows.stream().map(row -> row.cause().term().months()).toArray(Integer[]::new))
                .addArrayOfInteger(
                        rows.stream().map(row -> row.cause().term().days()).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(row -> time(row.previousExpiry())).toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(row -> time(row.expiry())).toArray(OffsetDateTime[]::new))
                .addArrayOfString(rows.stream().map(Extension::eventId).toArray(String[]::new));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
