package dev.quittance.voucher.batch;

import dev.quittance.voucher.code.CodeDigests.Keyed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The work on batches, a chunk at a time, each in the transaction that says how far it is. */
@Singleton
final class BatchWorkStore {
    // Another process may be at it: each batch is worked on by one at a time.
    private static final String TAKE_WORK = """
            select b.id, b.name, c.name as channel, b.origin, b.duration_months, b.duration_days, b.uses_max, b.expires_at, b.size,
                   b.status, b.progress, b.parts, b.parts_downloaded, b.created_at, b.channel_id, b.sealed_key, b.key_id
            from voucher.voucher_batches b join voucher.channels c on c.id = b.channel_id
            where b.status in ('generating', 'activating', 'voiding')
            order by b.created_at limit 1 for update of b skip locked
            """;

    private static final String MAKE = """
            insert into voucher.vouchers
              (code_hash, code_key_id, last_four, duration_months, duration_days, status, channel_id, anchor, unit, created_at,
               updated_at, updated_by, origin, expires_at, uses_max)
            select v.hash, v.key_id, v.last_four, v.months, v.days, 'generated', $7, $8, v.unit, $9, $9, 'batch', $10, $11, $12
            from unnest($1::int[], $2::bytea[], $3::text[], $4::text[], $5::int[], $6::int[])
              as v (unit, hash, key_id, last_four, months, days)
            """;

    private static final String TURN = """
            update voucher.vouchers set status = $4, updated_by = 'batch'
            where anchor = $1 and unit > $2 and unit <= $3 and status = any($5::text[])
            """;

    private static final String ADVANCE = """
            with advanced as (
              update voucher.voucher_batches set progress = $2, status = $3, updated_at = $4 where id = $1 returning id)
            insert into voucher.batch_audit (batch_id, action, actor, recorded_at)
            select id, $3, 'batch', $4 from advanced where $5
            """;

    private static final String GROW = """
            with grown as (
              update voucher.voucher_batches set size = $2, progress = $2, updated_at = $4 where id = $1 returning id)
            insert into voucher.batch_audit (batch_id, action, actor, detail, recorded_at)
            select id, 'imported', $3, $2::text, $4 from grown
            """;

    private static final String KNOWN = "select 1 from voucher.vouchers where code_hash = any($1) limit 1";

    /** A batch and, while its codes are made, its key as it is kept. */
    @SuppressWarnings("ArrayRecordComponent")
    record Work(
            Batch batch,
            byte @Nullable [] sealedKey,
            @Nullable String keyId) {}

    /** One voucher to be. */
    record Made(int unit, Keyed digest, String lastFour, int months, int days) {}

    Uni<Optional<Work>> take(SqlConnection transaction) {
        return transaction.preparedQuery(TAKE_WORK).execute().map(rows -> {
            for (Row row : rows) {
                var key = row.getBuffer("sealed_key");
                return Optional.of(new Work(
                        BatchStore.batches(List.of(row)).getFirst(),
                        key == null ? null : key.getBytes(),
                        row.getString("key_id")));
            }
            return Optional.empty();
        });
    }

    Uni<Void> make(SqlConnection transaction, Batch batch, List<Made> vouchers, Instant now) {
        @Nullable Instant expiresAt = batch.expiresAt();
        return transaction
                .preparedQuery(MAKE)
                .execute(Tuple.tuple()
                        .addArrayOfInteger(vouchers.stream().map(Made::unit).toArray(Integer[]::new))
                        .addValue(digests(vouchers))
                        .addArrayOfString(
                                vouchers.stream().map(v -> v.digest().keyId()).toArray(String[]::new))
                        .addArrayOfString(vouchers.stream().map(Made::lastFour).toArray(String[]::new))
                        .addArrayOfInteger(vouchers.stream().map(Made::months).toArray(Integer[]::new))
                        .addArrayOfInteger(vouchers.stream().map(Made::days).toArray(Integer[]::new))
                        .addUUID(batch.channelId())
                        .addString(batch.anchor())
                        .addOffsetDateTime(time(now))
                        .addString(batch.origin())
                        .addOffsetDateTime(expiresAt == null ? null : time(expiresAt))
                        .addInteger(batch.uses()))
                .replaceWithVoid();
    }

    /** Whether any of these codes is here already. */
    Uni<Boolean> isAnyKnown(SqlConnection transaction, List<byte[]> digests) {
        return transaction
                .preparedQuery(KNOWN)
                .execute(Tuple.tuple()
                        .addValue(digests.stream().map(Buffer::buffer).toArray(Buffer[]::new)))
                .map(rows -> rows.size() > 0);
    }

    Uni<Void> turn(SqlConnection transaction, Batch batch, int toUnit, String status, List<String> from) {
        return transaction
                .preparedQuery(TURN)
                .execute(Tuple.of(batch.anchor(), batch.progress(), toUnit, status)
                        .addArrayOfString(from.toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> advance(SqlConnection transaction, Batch batch, int progress, Instant now) {
        boolean isDone = progress >= batch.size();
        BatchStatus status = isDone ? batch.status().finished() : batch.status();
        return transaction
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(batch.id(), progress, status.text(), time(now), isDone))
                .replaceWithVoid();
    }

    Uni<Void> grow(SqlConnection transaction, UUID batch, int size, String actor, Instant now) {
        return transaction
                .preparedQuery(GROW)
                .execute(Tuple.of(batch, size, actor, time(now)))
                .replaceWithVoid();
    }

    private static Buffer[] digests(List<Made> vouchers) {
        return vouchers.stream().map(v -> Buffer.buffer(v.digest().digest())).toArray(Buffer[]::new);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
