package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.redemption.ExpiryRules.Extension;
import dev.quittance.voucher.redemption.ExpiryRules.Pending;
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
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Redemptions in the database, where the one conditional update decides who is first. */
@Singleton
final class RedemptionStore {
    // The lock keeps two redemptions for one account from answering the same expiry.
    private static final String LOCK_ACCOUNT = """
            select pg_advisory_xact_lock(hashtextextended('voucher.account.' || coalesce(
              $1, (select h.account_number from voucher.account_holders h where h.user_id = $2)), 0))
            """;

    // With what is known of the account's time: what it was told, and what was redeemed for it and has not arrived.
    // The code is looked up by itself: Postgres takes an array for ten rows, and would plan the whole anew each time.
    private static final String REDEEM = """
            with target as (
              select a.account_number from provisioning.accounts a
              where a.account_number = coalesce(
                  $2, (select h.account_number from voucher.account_holders h where h.user_id = $3))
                and not exists (select from voucher.account_expiries e
                                where e.account_number = a.account_number and e.is_closed)),
            redeemed as (
              update voucher.vouchers v
              set status = 'redeemed', is_used = true, used_at = $4, sealed_code = null,
                  associated_account = t.account_number, owner_user_id = coalesce(v.owner_user_id, $3),
                  updated_by = $3::text
              from target t
              where v.id = (select c.id from voucher.vouchers c
                            where c.code_hash = any($1) and c.status = 'active' limit 1)
                and v.status = 'active' and v.uses_max = 1
                and (v.expires_at is null or v.expires_at > $4)
                and not exists (select from voucher.payment_holds h
                                where h.anchor in (v.anchor, v.paid_anchor) and not h.released)
              returning v.id, v.associated_account, v.duration_months, v.duration_days, v.origin, v.anchor, v.unit)
            select v.*, e.expiry, p.redeemed_at, p.duration_months as pending_months, p.duration_days as pending_days
            from redeemed v
            left join voucher.account_expiries e on e.account_number = v.associated_account
            left join lateral (
              select r.id, r.redeemed_at, o.duration_months, o.duration_days
              from voucher.voucher_redemptions r join voucher.vouchers o on o.id = r.voucher_id
              where r.account_number = v.associated_account and o.status = 'redeemed' and r.redeemed_at > $5
                and not exists (select from voucher.account_moves m where m.cause = 'expiry:' || r.voucher_id)
              order by r.id limit 100) p on true
            order by p.id
            """;

    // The row's lock decides who gets the last use; an account gets one.
    private static final String TAKE_ONE_USE = """
            with target as (
              select a.account_number from provisioning.accounts a
              where a.account_number = coalesce(
                  $2, (select h.account_number from voucher.account_holders h where h.user_id = $3))
                and not exists (select from voucher.account_expiries e
                                where e.account_number = a.account_number and e.is_closed)),
            used as (
              update voucher.vouchers v
              set uses = v.uses + 1, status = case when v.uses + 1 = v.uses_max then 'expired' else v.status end,
                  updated_by = $3::text
              from target t
              where v.id = (select c.id from voucher.vouchers c
                            where c.code_hash = any($1) and c.status = 'active' limit 1)
                and v.status = 'active' and v.uses_max > 1 and v.uses < v.uses_max
                and (v.expires_at is null or v.expires_at > $4)
                and not exists (select from voucher.vouchers u
                                where u.used_of = v.id and u.associated_account = t.account_number)
              returning v.*, t.account_number)
            insert into voucher.vouchers
              (code_hash, code_key_id, last_four, duration_months, duration_days, owner_user_id, associated_account,
               channel_id, anchor, unit, created_at, updated_at, updated_by, origin, used_of)
            select $5, u.code_key_id, u.last_four, u.duration_months, u.duration_days, $3, u.account_number,
                   u.channel_id, 'use:' || u.id, u.uses, $4, $4, $3::text, 'use', u.id
            from used u
            returning id
            """;

    private static final String KEEP = """
            with kept as (
              insert into voucher.voucher_redemptions
                (voucher_id, account_number, redeemed_by, idempotency_key, request_hash, redeemed_at, previous_expiry, new_expiry)
              values ($1, $2, $3, $4, $5, $6, $7, $8))
            insert into voucher.voucher_audit (voucher_id, action, actor, recorded_at) values ($1, 'redeemed', $3::text, $6)
            """;

    private static final String FIND_EARLIER = """
            select r.request_hash, v.id, r.account_number, v.duration_months, v.duration_days,
                   r.redeemed_at, r.previous_expiry, r.new_expiry
            from voucher.voucher_redemptions r join voucher.vouchers v on v.id = r.voucher_id
            where r.redeemed_by = $1 and r.idempotency_key = $2
            """;

    private static final String FIND_STANDING = """
            with target as (
              select a.account_number, coalesce(e.is_closed, false) as is_closed from provisioning.accounts a
              left join voucher.account_expiries e on e.account_number = a.account_number
              where a.account_number = coalesce(
                $3, (select h.account_number from voucher.account_holders h where h.user_id = $4)))
            select v.status, v.owner_user_id, coalesce(r.redeemed_by, u.owner_user_id) as redeemed_by,
                   coalesce(v.expires_at <= $2, false) as is_over, t.is_closed, u.id is not null as is_used_here,
                   exists (select from voucher.payment_holds h
                           where h.anchor in (v.anchor, v.paid_anchor) and not h.released) as is_frozen
            from voucher.vouchers v
            left join target t on true
            left join voucher.vouchers u on u.used_of = v.id and u.associated_account = t.account_number
            left join voucher.voucher_redemptions r on r.voucher_id = v.id
            where v.id = (select c.id from voucher.vouchers c where c.code_hash = any($1) limit 1)
            """;

    private static final String IDEMPOTENCY_KEY = "voucher_redemptions_idempotency_key";
    private static final String ONE_USE = "vouchers_one_use_per_account";
    /** What is older than this was moved long ago, or never will be by itself. */
    private static final Duration PENDING_MAX = Duration.ofDays(7);

    /** Until the transaction ends, nobody else redeems for the account. */
    Uni<Void> lockAccount(SqlConnection transaction, RedeemVoucher command) {
        return transaction
                .preparedQuery(LOCK_ACCOUNT)
                .execute(Tuple.of(command.accountNumber().orElse(null), command.caller()))
                .replaceWithVoid();
    }

    /** Under the account's lock. Empty when there is no such active voucher for one use, or no such account. */
    Uni<Optional<Claimed>> redeem(SqlConnection transaction, RedeemVoucher command, List<byte[]> digests, Instant now) {
        return transaction
                .preparedQuery(REDEEM)
                .execute(target(command, digests, now).addOffsetDateTime(time(now.minus(PENDING_MAX))))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(claimed(rows, now)));
    }

    /** Takes one use of a code that many may use: a voucher is there then under a digest that is of no code. */
    Uni<Boolean> takeOneUse(
            SqlConnection transaction, RedeemVoucher command, List<byte[]> digests, byte[] useDigest, Instant now) {
        return transaction
                .preparedQuery(TAKE_ONE_USE)
                .execute(target(command, digests, now).addValue(Buffer.buffer(useDigest)))
                .map(rows -> rows.size() > 0);
    }

    Uni<Void> keep(SqlConnection transaction, RedeemVoucher command, Claimed voucher, byte[] requestHash, Instant now) {
        @Nullable Instant previous = voucher.extension().previous();
        return transaction
                .preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addUUID(voucher.id())
                        .addString(voucher.accountNumber())
                        .addUUID(command.caller())
                        .addString(command.idempotencyKey().orElse(null))
                        .addValue(command.idempotencyKey().isPresent() ? Buffer.buffer(requestHash) : null)
                        .addOffsetDateTime(time(now))
                        .addOffsetDateTime(previous == null ? null : time(previous))
                        .addOffsetDateTime(time(voucher.extension().expiry())))
                .replaceWithVoid();
    }

    Uni<Optional<Earlier>> earlier(SqlConnection connection, UUID caller, String idempotencyKey) {
        return connection
                .preparedQuery(FIND_EARLIER)
                .execute(Tuple.of(caller, idempotencyKey))
                .map(rows -> first(
                        rows, row -> new Earlier(row.getBuffer("request_hash").getBytes(), view(row))));
    }

    Uni<Optional<Standing>> standing(
            SqlConnection connection, RedeemVoucher command, List<byte[]> digests, Instant now) {
        return connection
                .preparedQuery(FIND_STANDING)
                .execute(Tuple.tuple()
                        .addValue(buffers(digests))
                        .addOffsetDateTime(time(now))
                        .addString(command.accountNumber().orElse(null))
                        .addUUID(command.caller()))
                .map(rows -> first(rows, RedemptionStore::standing));
    }

    /** Whether another request under the same key, or for the same account, was committed first. */
    static boolean isLate(Throwable failure) {
        return failure instanceof PgException postgres
                && Set.of(IDEMPOTENCY_KEY, ONE_USE).contains(String.valueOf(postgres.getConstraint()));
    }

    private static Tuple target(RedeemVoucher command, List<byte[]> digests, Instant now) {
        return Tuple.tuple()
                .addValue(buffers(digests))
                .addString(command.accountNumber().orElse(null))
                .addUUID(command.caller())
                .addOffsetDateTime(time(now));
    }

    private static Claimed claimed(RowSet<Row> rows, Instant now) {
        List<Pending> pending = new ArrayList<>();
        for (Row row : rows) {
            OffsetDateTime redeemedAt = row.getOffsetDateTime("redeemed_at");
            if (redeemedAt != null) {
                pending.add(new Pending(
                        redeemedAt.toInstant(),
                        new VoucherTerm(row.getInteger("pending_months"), row.getInteger("pending_days"))));
            }
        }
        Row row = rows.iterator().next();
        return new Claimed(
                row.getUUID("id"),
                row.getString("associated_account"),
                term(row),
                ExpiryRules.extend(instant(row.getOffsetDateTime("expiry")), pending, term(row), now),
                Set.of("purchase", "subscription").contains(row.getString("origin")),
                row.getString("anchor"),
                row.getInteger("unit"));
    }

    private static Standing standing(Row row) {
        @Nullable Boolean closed = row.getBoolean("is_closed");
        return new Standing(
                row.getBoolean("is_used_here")
                        ? "redeemed"
                        : row.getBoolean("is_over") ? "expired" : row.getString("status"),
                row.getBoolean("is_frozen"),
                closed != null && closed,
                row.getUUID("owner_user_id"),
                row.getUUID("redeemed_by"));
    }

    private static RedemptionView view(Row row) {
        @Nullable Instant expiry = instant(row.getOffsetDateTime("new_expiry"));
        VoucherTerm term = term(row);
        return RedemptionView.redeemed(
                row.getUUID("id"),
                row.getString("account_number"),
                term.months(),
                term.days(),
                expiry == null ? null : new Extension(instant(row.getOffsetDateTime("previous_expiry")), expiry),
                row.getOffsetDateTime("redeemed_at").toInstant());
    }

    private static VoucherTerm term(Row row) {
        return new VoucherTerm(row.getInteger("duration_months"), row.getInteger("duration_days"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Buffer[] buffers(List<byte[]> digests) {
        return digests.stream().map(Buffer::buffer).toArray(Buffer[]::new);
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        var all = rows.iterator();
        return all.hasNext() ? Optional.of(read.apply(all.next())) : Optional.empty();
    }
}
