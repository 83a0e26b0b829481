package dev.quittance.voucher.issue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes what a batch of sales brings, one statement a table. */
@Singleton
final class IssueStore {
    private static final String TELL_HOLDERS = """
            insert into voucher.account_holders as h (user_id, account_number, told_at)
            select * from unnest($1::uuid[], $2::text[], $3::timestamptz[])
            on conflict (user_id) do update set account_number = excluded.account_number, told_at = excluded.told_at
            where (h.told_at, h.account_number) < (excluded.told_at, excluded.account_number)
            """;

    private static final String ISSUE = """
            with issued as (
              insert into voucher.vouchers
                (id, code_hash, code_key_id, last_four, sealed_code, duration_months, duration_days, owner_user_id,
                 associated_account, stripe_account, payment_intent_id, anchor, unit, created_at, origin, paid_anchor,
                 subscription_id, expires_at, updated_at, updated_by)
              select v.*, v.at, 'issue'
              from unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[], $5::bytea[], $6::int[], $7::int[], $8::uuid[],
                          $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::timestamptz[], $15::text[],
                          $16::text[], $17::text[], $18::timestamptz[])
                as v (id, code_hash, key_id, last_four, sealed, months, days, owner, account, stripe, intent, anchor, unit, at,
                      origin, paid, subscription, expires_at)
              on conflict (anchor, unit) do nothing
              returning id, anchor, created_at),
            audited as (
              insert into voucher.voucher_audit (voucher_id, action, actor, cause, recorded_at)
              select id, 'issued', 'issue', anchor, created_at from issued)
            select id from issued
            """;

    private static final String TELL_PAID = """
            update voucher.vouchers v
            set paid_anchor = s.paid, payment_intent_id = coalesce(v.payment_intent_id, s.intent), updated_by = 'issue'
            from unnest($1::text[], $2::text[], $3::text[]) as s (anchor, paid, intent)
            where v.anchor = s.anchor and v.paid_anchor is null
            """;

    private static final String REFER_TO_SUBSCRIPTIONS = """
            with referring as (
              select v.id from voucher.vouchers v
              where v.subscription_id = any($1::text[]) and v.stored_subscription_id is null
                and exists (select from provisioning.subscriptions s
                            where s.stripe_account = v.stripe_account and s.id = v.subscription_id)
              order by v.id for update)
            update voucher.vouchers v set stored_subscription_id = v.subscription_id, updated_by = 'issue'
            from referring r where v.id = r.id
            """;

    Uni<Void> tellHolders(SqlConnection transaction, List<AccountHolder> holders) {
        if (holders.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(TELL_HOLDERS)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(
                                holders.stream().map(AccountHolder::userId).toArray(UUID[]::new))
                        .addArrayOfString(holders.stream()
                                .map(AccountHolder::accountNumber)
                                .toArray(String[]::new))
                        .addArrayOfOffsetDateTime(times(holders, AccountHolder::toldAt)))
                .replaceWithVoid();
    }

    /** Writes those whose unit has no voucher yet, and says which. */
    Uni<Set<UUID>> issue(SqlConnection transaction, List<IssuedVoucher> vouchers) {
        if (vouchers.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(vouchers.stream().map(IssuedVoucher::id).toArray(UUID[]::new))
                .addValue(buffers(vouchers, v -> v.digest().digest()))
                .addArrayOfString(texts(vouchers, v -> v.digest().keyId()))
                .addArrayOfString(texts(vouchers, IssuedVoucher::lastFour))
                .addValue(buffers(vouchers, IssuedVoucher::sealedCode))
                .addArrayOfInteger(vouchers.stream().map(v -> v.term().months()).toArray(Integer[]::new))
                .addArrayOfInteger(vouchers.stream().map(v -> v.term().days()).toArray(Integer[]::new))
                .addArrayOfUUID(vouchers.stream().map(v -> v.sale().userId()).toArray(UUID[]::new))
                .addArrayOfString(texts(vouchers, v -> v.sale().accountNumber()))
                .addArrayOfString(texts(vouchers, v -> v.sale().stripeAccount()))
                .addArrayOfString(
                        vouchers.stream().map(v -> v.sale().paymentIntentId()).toArray(String[]::new))
                .addArrayOfString(texts(vouchers, v -> v.sale().anchor()))
                .addArrayOfInteger(vouchers.stream().map(IssuedVoucher::unit).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(times(vouchers, IssuedVoucher::issuedAt))
                .addArrayOfString(texts(vouchers, v -> v.sale().origin()))
                .addArrayOfString(
                        vouchers.stream().map(v -> v.sale().paidAnchor()).toArray(String[]::new))
                .addArrayOfString(
                        vouchers.stream().map(v -> v.sale().subscriptionId()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(vouchers.stream()
                        .map(IssuedVoucher::expiresAt)
                        .map(at -> at == null ? null : at.atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery(ISSUE).execute(columns).map(rows -> {
            Set<UUID> ids = new HashSet<>();
            rows.forEach(row -> ids.add(row.getUUID("id")));
            return ids;
        });
    }

    /** The period's vouchers may have been issued before its invoice was paid: from now on the invoice's reversal takes them. */
    Uni<Void> tellPaid(SqlConnection transaction, List<Sale> sales) {
        return sales.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(TELL_PAID)
                        .execute(Tuple.tuple()
                                .addArrayOfString(
                                        sales.stream().map(Sale::anchor).toArray(String[]::new))
                                .addArrayOfString(
                                        sales.stream().map(Sale::paidAnchor).toArray(String[]::new))
                                .addArrayOfString(sales.stream()
                                        .map(Sale::paymentIntentId)
                                        .toArray(String[]::new)))
                        .replaceWithVoid();
    }

    /** Refers to those of the subscriptions that provisioning has; of the others it tells when it has them. */
    Uni<Void> referTo(SqlConnection transaction, Set<String> subscriptions) {
        return transaction
                .preparedQuery(REFER_TO_SUBSCRIPTIONS)
                .execute(Tuple.tuple().addArrayOfString(subscriptions.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static String[] texts(List<IssuedVoucher> vouchers, Function<IssuedVoucher, String> column) {
        return vouchers.stream().map(column).toArray(String[]::new);
    }

    private static Buffer[] buffers(List<IssuedVoucher> vouchers, Function<IssuedVoucher, byte[]> column) {
        return vouchers.stream().map(column).map(Buffer::buffer).toArray(Buffer[]::new);
    }

    private static <T> OffsetDateTime[] times(List<T> rows, Function<T, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
