package dev.quittance.voucher.ageing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/** Lets vouchers expire, some at a time, with their audit. */
@Singleton
final class AgeingStore {
    private static final String EXPIRE = """
            with due as (
              select id from voucher.vouchers
              where expires_at <= $1 and status in ('generated', 'active') limit $2 for update skip locked),
            expired as (
              update voucher.vouchers v set status = 'expired', sealed_code = null, updated_by = 'expiry'
              from due where v.id = due.id returning v.id)
            insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
            select id, 'expired', 'expiry', $1 from expired
            """;

    private final Pool pool;

    AgeingStore(Pool pool) {
        this.pool = pool;
    }

    /** How many it was. */
    Uni<Integer> expire(Instant now, int limit) {
        return pool.preparedQuery(EXPIRE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> rows.rowCount());
    }
}
