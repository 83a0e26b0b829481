package dev.quittance.voucher.issue;

import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherTerm;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Redeems vouchers into their buyers' accounts in the transaction that issued them. */
@Singleton
final class RedeemAtOnceStore {
    private static final String REDEEM = """
            with redeemed as (
              update voucher.vouchers v
              set status = 'redeemed', is_used = true, used_at = $2, sealed_code = null, updated_by = 'issue'
              where v.id = any($1::uuid[]) and v.status = 'active'
                and not exists (select from voucher.payment_holds h
                                where h.anchor in (v.anchor, v.paid_anchor) and not h.released)
              returning v.id, v.associated_account, v.owner_user_id, v.duration_months, v.duration_days),
            kept as (
              insert into voucher.voucher_redemptions (voucher_id, account_number, redeemed_by, redeemed_at)
              select id, associated_account, owner_user_id, $2 from redeemed),
            audited as (
              insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
              select id, 'redeemed', 'issue', $2 from redeemed)
            select id, associated_account, owner_user_id, duration_months, duration_days from redeemed
            """;

    /** Those that are neither revoked nor frozen already. */
    Uni<List<VoucherRedeemed>> redeem(SqlConnection transaction, Collection<UUID> vouchers, Instant now) {
        return transaction
                .preparedQuery(REDEEM)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(vouchers.toArray(UUID[]::new))
                        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    List<VoucherRedeemed> redeemed = new ArrayList<>();
                    rows.forEach(row -> redeemed.add(new VoucherRedeemed(
                            row.getUUID("id"),
                            row.getUUID("owner_user_id"),
                            row.getString("associated_account"),
                            new VoucherTerm(row.getInteger("duration_months"), row.getInteger("duration_days")),
                            now)));
                    return redeemed;
                });
    }
}
