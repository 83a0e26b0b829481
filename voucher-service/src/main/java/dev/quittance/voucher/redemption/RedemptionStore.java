package dev.quittance.voucher.redemption;

import dev.quittance.voucher.redemption.RedemptionRules.Earlier;
import dev.quittance.voucher.redemption.RedemptionRules.Standing;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Redemptions in the database, where the one conditional update decides who is first. */
@Singleton
final class RedemptionStore {
    private static final String REDEEM = """
            with target as (
              select a.account_number from provisioning.accounts a
              where a.account_number = coalesce(
                $2, (select h.account_number from voucher.account_holders h where h.user_id = $3))),
            redeemed as (
              update voucher.vouchers v
              set status = 'redeemed', is_used = true, used_at = $6, sealed_code = null,
                  associated_account = t.account_number, updated_by = $3::text
              from target t
              where v.code_hash = any($1) and v.status = 'active'
              returning v.id, v.associated_account, v.duration_months, v.duration_days),
            kept as (
              insert into voucher.voucher_redemptions
                (voucher_id, account_number, redeemed_by, idempotency_key, request_hash, redeemed_at)
              select id, associated_account, $3, $4, $5, $6 from redeemed),
            audited as (
              insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
              select id, 'redeemed', $3::text, $6 from redeemed)
            select id, associated_account, duration_months, duration_days from redeemed
            """;

    private static final String FIND_EARLIER = """
            select r.request_hash, v.id, r.account_number as associated_account, v.duration_months, v.duration_days
            from voucher.voucher_redemptions r join voucher.vouchers v on v.id = r.voucher_id
            where r.redeemed_by = $1 and r.idempotency_key = $2
            """;

    private static final String FIND_STANDING = """
            select v.status, v.owner_user_id, r.redeemed_by
            from voucher.vouchers v left join voucher.voucher_redemptions r on r.voucher_id = v.id
            where v.code_hash = any($1)
            """;

    private static final String IDEMPOTENCY_KEY = "voucher_redemptions_idempotency_key";

    /** Empty when there is no such active voucher, or no such account. */
    Uni<Optional<RedemptionView>> redeem(
            SqlConnection transaction, RedeemVoucher command, List<byte[]> digests, byte[] requestHash, Instant now) {
        boolean hasKey = command.idempotencyKey().isPresent();
        Tuple values = Tuple.tuple()
                .addValue(buffers(digests))
                .addString(command.accountNumber().orElse(null))
                .addUUID(command.caller())
                .addString(command.idempotencyKey().orElse(null))
                .addValue(hasKey ? Buffer.buffer(requestHash) : null)
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
        return transaction.preparedQuery(REDEEM).execute(values).map(rows -> first(rows, RedemptionStore::view));
    }

    Uni<Optional<Earlier>> earlier(SqlConnection connection, UUID caller, String idempotencyKey) {
        return connection
                .preparedQuery(FIND_EARLIER)
                .execute(Tuple.of(caller, idempotencyKey))
                .map(rows -> first(
                        rows, row -> new Earlier(row.getBuffer("request_hash").getBytes(), view(row))));
    }

    Uni<Optional<Standing>> standing(SqlConnection connection, List<byte[]> digests) {
        return connection
                .preparedQuery(FIND_STANDING)
                .execute(Tuple.tuple().addValue(buffers(digests)))
                .map(rows -> first(
                        rows,
                        row -> new Standing(
                                row.getString("status"), row.getUUID("owner_user_id"), row.getUUID("redeemed_by"))));
    }

    /** Whether another request under the same key was committed first. */
    static boolean isKeyTaken(Throwable failure) {
        return failure instanceof PgException postgres && IDEMPOTENCY_KEY.equals(postgres.getConstraint());
    }

    private static RedemptionView view(Row row) {
        return RedemptionView.redeemed(
                row.getUUID("id"),
                row.getString("associated_account"),
                row.getInteger("duration_months"),
                row.getInteger("duration_days"));
    }

    private static Buffer[] buffers(List<byte[]> digests) {
        return digests.stream().map(Buffer::buffer).toArray(Buffer[]::new);
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        var all = rows.iterator();
        return all.hasNext() ? Optional.of(read.apply(all.next())) : Optional.empty();
    }
}
