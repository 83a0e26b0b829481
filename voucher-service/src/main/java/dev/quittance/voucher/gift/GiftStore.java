package dev.quittance.voucher.gift;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Codes on their way by mail. */
@Singleton
final class GiftStore {
    private static final Duration DAY = Duration.ofDays(1);

    private static final String GIVE = """
            with kept as (
              select id, sealed_code, code_key_id from voucher.vouchers
              where id = $2 and owner_user_id = $3 and status = 'active' and sealed_code is not null
              for update),
            erased as (
              update voucher.vouchers v set sealed_code = null, updated_by = $3::text
              from kept where v.id = kept.id
              returning kept.id, kept.sealed_code, kept.code_key_id),
            audited as (
              insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at)
              select id, 'sent', $3::text, $5 from erased)
            insert into voucher.voucher_mails
              (id, voucher_id, owner_user_id, recipient, sealed_code, key_id, due_at, created_at)
            select $1, id, $3, $4, sealed_code, code_key_id, $5, $5 from erased
            """;

    private static final String COUNT =
            "select count(*) as mails from voucher.voucher_mails where owner_user_id = $1 and created_at > $2";

    private static final String IS_OWNED = "select from voucher.vouchers where id = $1 and owner_user_id = $2";

    private static final String TAKE_DUE = """
            select id, voucher_id, recipient, sealed_code, key_id, attempts from voucher.voucher_mails
            where status = 'waiting' and due_at <= $1 order by due_at limit 1 for update skip locked
            """;

    private static final String SENT = """
            update voucher.voucher_mails
            set status = 'sent', recipient = null, sealed_code = null, key_id = null, attempts = attempts + 1
            where id = $1
            """;

    private static final String AGAIN =
            "update voucher.voucher_mails set attempts = attempts + 1, due_at = $2 where id = $1";

    // The code goes back to where its owner can still have it shown.
    private static final String GIVE_UP = """
            with kept as (select id, voucher_id, sealed_code from voucher.voucher_mails where id = $1),
            given_up as (
              update voucher.voucher_mails
              set status = 'failed', recipient = null, sealed_code = null, key_id = null, attempts = attempts + 1
              where id = $1)
            update voucher.vouchers v set sealed_code = kept.sealed_code, updated_by = 'mail'
            from kept where v.id = kept.voucher_id and not v.is_used
            """;

    /** A mail that is to be sent now. */
    @SuppressWarnings("ArrayRecordComponent")
    record DueMail(UUID id, UUID voucherId, String recipient, byte[] sealedCode, String keyId, int attempts) {}

    /** Takes the code out of the wallet and lays it out for the mail, for one caller however many ask. */
    Uni<Boolean> give(SqlConnection transaction, UUID voucherId, UUID owner, String recipient, Instant now) {
        return transaction
                .preparedQuery(GIVE)
                .execute(Tuple.of(UUID.randomUUID(), voucherId, owner, recipient, time(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Long> countOfDay(SqlConnection transaction, UUID owner, Instant now) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(owner, time(now.minus(DAY))))
                .map(rows -> rows.iterator().next().getLong("mails"));
    }

    Uni<Boolean> isOwned(SqlConnection transaction, UUID voucherId, UUID owner) {
        return transaction
                .preparedQuery(IS_OWNED)
                .execute(Tuple.of(voucherId, owner))
                .map(rows -> rows.size() > 0);
    }

    Uni<Optional<DueMail>> takeDue(SqlConnection transaction, Instant now) {
        return transaction.preparedQuery(TAKE_DUE).execute(Tuple.of(time(now))).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new DueMail(
                        row.getUUID("id"),
                        row.getUUID("voucher_id"),
                        row.getString("recipient"),
                        row.getBuffer("sealed_code").getBytes(),
                        row.getString("key_id"),
                        row.getInteger("attempts")));
            }
            return Optional.empty();
        });
    }

    Uni<Void> sent(SqlConnection transaction, DueMail mail) {
        return transaction.preparedQuery(SENT).execute(Tuple.of(mail.id())).replaceWithVoid();
    }

    Uni<Void> again(SqlConnection transaction, DueMail mail, Instant dueAt) {
        return transaction
                .preparedQuery(AGAIN)
                .execute(Tuple.of(mail.id(), time(dueAt)))
                .replaceWithVoid();
    }

    Uni<Void> giveUp(SqlConnection transaction, DueMail mail) {
        return transaction.preparedQuery(GIVE_UP).execute(Tuple.of(mail.id())).replaceWithVoid();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
