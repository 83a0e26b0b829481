package dev.quittance.voucher.batch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Batches in the database: what was asked for, how far it is, and who did what. */
@Singleton
final class BatchStore {
    private static final String COLUMNS = """
            b.id, b.name, c.name as channel, b.origin, b.duration_months, b.duration_days, b.uses_max, b.expires_at, b.size,
            b.status, b.progress, b.parts, b.parts_downloaded, b.created_at, b.channel_id
            """;

    private static final String CREATE = """
            with made as (
              insert into voucher.channels (id, name) values ($3, $4) on conflict (name) do nothing returning id),
            channel as (select id from made union all select id from voucher.channels where name = $4 limit 1),
            batch as (
              insert into voucher.voucher_batches
                (id, channel_id, name, origin, duration_months, duration_days, uses_max, expires_at, size, status, parts,
                 sealed_key, key_id, created_by, created_at, updated_at)
              select $1, channel.id, $2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16 from channel
              returning id)
            insert into voucher.batch_audit (batch_id, action, actor, detail, recorded_at)
            select id, 'created', $15, $10::text, $16 from batch
            """;

    private static final String FIND = "select " + COLUMNS + """
            from voucher.voucher_batches b join voucher.channels c on c.id = b.channel_id where b.id = $1
            """;

    private static final String FIND_NAMED = "select " + COLUMNS + """
            from voucher.voucher_batches b join voucher.channels c on c.id = b.channel_id
            where b.name = $1 and b.origin = 'import' for update of b
            """;

    private static final String LIST = "select " + COLUMNS + """
            from voucher.voucher_batches b join voucher.channels c on c.id = b.channel_id
            where $1::uuid is null
               or (b.created_at, b.id) < (select a.created_at, a.id from voucher.voucher_batches a where a.id = $1)
            order by b.created_at desc, b.id desc limit $2
            """;

    private static final String BEGIN = """
            with begun as (
              update voucher.voucher_batches set status = $2, progress = 0, updated_at = $4
              where id = $1 and status = any($5::text[]) returning id)
            insert into voucher.batch_audit (batch_id, action, actor, recorded_at) select id, $2, $3, $4 from begun
            """;

    private static final String TAKE_PART = """
            with taken as (
              select id, sealed_key, key_id, parts_downloaded from voucher.voucher_batches
              where id = $1 and parts_downloaded < parts and status <> 'generating' for update),
            counted as (
              update voucher.voucher_batches b
              set parts_downloaded = b.parts_downloaded + 1, updated_at = $3,
                  sealed_key = case when b.parts_downloaded + 1 < b.parts then b.sealed_key end,
                  key_id = case when b.parts_downloaded + 1 < b.parts then b.key_id end
              from taken where b.id = taken.id
              returning taken.sealed_key, taken.key_id, b.id, b.parts_downloaded),
            audited as (
              insert into voucher.batch_audit (batch_id, action, actor, detail, recorded_at)
              select id, 'downloaded', $2, 'part ' || parts_downloaded, $3 from counted)
            select sealed_key, key_id, parts_downloaded from counted
            """;

    private static final String VOUCHERS = """
            select id, unit, last_four, status, uses, used_at from voucher.vouchers
            where anchor = $1 and unit > $2 order by unit limit $3
            """;

    private static final String NAME_TAKEN = "voucher_batches_name_key";

    private final Pool pool;

    BatchStore(Pool pool) {
        this.pool = pool;
    }

    /** A batch that is to be, with its key as it is kept; none when its codes come from elsewhere. */
    @SuppressWarnings("ArrayRecordComponent")
    record Creation(
            Batch batch,
            byte @Nullable [] sealedKey,
            @Nullable String keyId,
            String actor) {}

    /** The key, this once. */
    @SuppressWarnings("ArrayRecordComponent")
    record TakenPart(byte[] sealedKey, String keyId, int part) {}

    Uni<Void> create(SqlClient client, Creation creation) {
        Batch batch = creation.batch();
        byte @Nullable [] key = creation.sealedKey();
        @Nullable Instant expiresAt = batch.expiresAt();
        return client.preparedQuery(CREATE)
                .execute(Tuple.tuple()
                        .addUUID(batch.id())
                        .addString(batch.name())
                        .addUUID(batch.channelId())
                        .addString(batch.channel())
                        .addString(batch.origin())
                        .addInteger(batch.months())
                        .addInteger(batch.days())
                        .addInteger(batch.uses())
                        .addOffsetDateTime(expiresAt == null ? null : time(expiresAt))
                        .addInteger(batch.size())
                        .addString(batch.status().text())
                        .addInteger(batch.parts())
                        .addValue(key == null ? null : Buffer.buffer(key))
                        .addString(creation.keyId())
                        .addString(creation.actor())
                        .addOffsetDateTime(time(batch.createdAt())))
                .replaceWithVoid();
    }

    static boolean isNameTaken(Throwable failure) {
        return failure instanceof PgException postgres && NAME_TAKEN.equals(postgres.getConstraint());
    }

    Uni<Optional<Batch>> find(UUID id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> batches(rows).stream().findFirst());
    }

    /** Locks the import of that name, so that its units are numbered by one at a time. */
    Uni<Optional<Batch>> findImport(SqlConnection transaction, String name) {
        return transaction
                .preparedQuery(FIND_NAMED)
                .execute(Tuple.of(name))
                .map(rows -> batches(rows).stream().findFirst());
    }

    Uni<List<Batch>> list(@Nullable UUID after, int limit) {
        return pool.preparedQuery(LIST).execute(Tuple.of(after, limit)).map(BatchStore::batches);
    }

    /** Begins work on a batch that is in one of the states; whether it was. */
    Uni<Boolean> begin(UUID id, BatchStatus status, List<BatchStatus> from, String actor, Instant now) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(id, status.text(), actor, time(now))
                        .addArrayOfString(from.stream().map(BatchStatus::text).toArray(String[]::new)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Counts the next part as downloaded, for one caller however many ask. With the last one the key is gone. */
    Uni<Optional<TakenPart>> takePart(UUID id, String actor, Instant now) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(TAKE_PART)
                .execute(Tuple.of(id, actor, time(now)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new TakenPart(
                                row.getBuffer("sealed_key").getBytes(),
                                row.getString("key_id"),
                                row.getInteger("parts_downloaded")));
                    }
                    return Optional.empty();
                }));
    }

    Uni<List<BatchVoucherView>> vouchers(Batch batch, int afterUnit, int limit) {
        return pool.preparedQuery(VOUCHERS)
                .execute(Tuple.of(batch.anchor(), afterUnit, limit))
                .map(rows -> {
                    List<BatchVoucherView> vouchers = new ArrayList<>();
                    rows.forEach(row -> vouchers.add(new BatchVoucherView(
                            row.getUUID("id"),
                            row.getInteger("unit"),
                            row.getString("last_four"),
                            row.getString("status"),
                            row.getInteger("uses"),
                            instant(row.getOffsetDateTime("used_at")))));
                    return vouchers;
                });
    }

    static List<Batch> batches(Iterable<Row> rows) {
        List<Batch> batches = new ArrayList<>();
        rows.forEach(row -> batches.add(new Batch(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("channel"),
                row.getString("origin"),
                row.getInteger("duration_months"),
                row.getInteger("duration_days"),
                row.getInteger("uses_max"),
                instant(row.getOffsetDateTime("expires_at")),
                row.getInteger("size"),
                BatchStatus.of(row.getString("status")),
                row.getInteger("progress"),
                row.getInteger("parts"),
                row.getInteger("parts_downloaded"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("channel_id"))));
        return batches;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
