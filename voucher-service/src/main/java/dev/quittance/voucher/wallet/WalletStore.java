package dev.quittance.voucher.wallet;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An owner's vouchers in the database. */
@Singleton
final class WalletStore {
    private static final String LIST = """
            select id, last_four, status, duration_months, duration_days, created_at, used_at, expires_at,
                   status = 'active' and exists (select from voucher.payment_holds h
                       where h.anchor in (v.anchor, v.paid_anchor) and not h.released) as is_frozen
            from voucher.vouchers v
            where owner_user_id = $1
              and ($2::uuid is null or (v.created_at, v.id) < (
                select a.created_at, a.id from voucher.vouchers a where a.id = $2 and a.owner_user_id = $1))
            order by created_at desc, id desc limit $3
            """;

    private static final String TAKE_SEALED_CODE = """
            with kept as (
              select id, sealed_code, code_key_id from voucher.vouchers
              where id = $1 and owner_user_id = $2 and status = 'active' and sealed_code is not null
              for update),
            erased as (
              update voucher.vouchers v set sealed_code = null, updated_by = $2::text
              from kept where v.id = kept.id
              returning kept.sealed_code, kept.code_key_id),
            audited as (
              insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
              select $1, 'revealed', $2::text, $3 from erased)
            select sealed_code, code_key_id from erased
            """;

    private static final String IS_OWNED = "select from voucher.vouchers where id = $1 and owner_user_id = $2";

    private final Pool pool;

    WalletStore(Pool pool) {
        this.pool = pool;
    }

    /** A sealed code and the pepper that it is sealed under. */
    @SuppressWarnings("ArrayRecordComponent")
    record SealedCode(byte[] sealed, String keyId) {}

    Uni<List<OwnedVoucherView>> list(UUID owner, @Nullable UUID after, int limit) {
        return pool.preparedQuery(LIST).execute(Tuple.of(owner, after, limit)).map(rows -> {
            List<OwnedVoucherView> vouchers = new ArrayList<>();
            rows.forEach(row -> vouchers.add(view(row)));
            return vouchers;
        });
    }

    /** Takes the code out of the database, for one caller however many ask. */
    Uni<Optional<SealedCode>> takeSealedCode(SqlConnection transaction, UUID voucherId, UUID owner, Instant now) {
        return transaction
                .preparedQuery(TAKE_SEALED_CODE)
                .execute(Tuple.of(voucherId, owner, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(
                                new SealedCode(row.getBuffer("sealed_code").getBytes(), row.getString("code_key_id")));
                    }
                    return Optional.empty();
                });
    }

    Uni<Boolean> isOwned(SqlConnection transaction, UUID voucherId, UUID owner) {
        return transaction
                .preparedQuery(IS_OWNED)
                .execute(Tuple.of(voucherId, owner))
                .map(rows -> rows.size() > 0);
    }

    private static OwnedVoucherView view(Row row) {
        return new OwnedVoucherView(
                row.getUUID("id"),
                row.getString("last_four"),
                row.getString("status"),
                row.getInteger("duration_months"),
                row.getInteger("duration_days"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("used_at")),
                row.getBoolean("is_frozen"),
                instant(row.getOffsetDateTime("expires_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
