package dev.quittance.ingest.deadletter;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Dead letters and what was decided of them. */
@Singleton
final class DeadLetterStore {
    private static final String INSERT = """
            insert into ingest.dead_letters
              (letter_topic, letter_partition, letter_offset, topic, topic_partition, topic_offset, consumer_group, code, cause,
               event_id, event_type, record_key, body, headers, died_at)
            select * from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::integer[], $6::bigint[], $7::text[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[], $13::bytea[], $14::text[], $15::timestamptz[])
            on conflict (letter_topic, letter_partition, letter_offset) do nothing
            """;

    private static final String COLUMNS = """
            select id, state, topic, topic_partition, topic_offset, consumer_group, code, cause, event_id, event_type, died_at,
                   decided_by, decision_reason, decided_at, record_key, headers, body from ingest.dead_letters
            """;

    private static final String PAGE = COLUMNS + """
            where ($1::text is null or state = $1) and ($2::text is null or consumer_group = $2)
              and ($3::text is null or event_id = $3) and id < $4
            order by id desc limit $5
            """;

    private static final String FIND = COLUMNS + "where id = $1";

    private static final String LOCK_OPEN = FIND + " and state = 'open' for update";

    private static final String DECIDE = """
            update ingest.dead_letters set state = $2, decided_by = $3, decision_reason = $4, decided_at = $5
            where id = $1 and state = 'open'
            """;

    private static final String SUMMARISE_OPEN = """
            select count(*) as open, extract(epoch from now() - min(died_at))::bigint as seconds
            from ingest.dead_letters where state = 'open'
            """;

    private static final String PURGE = """
            update ingest.dead_letters set body = null
            where body is not null and state <> 'open' and decided_at < $1
            """;

    private final Pool pool;

    DeadLetterStore(Pool pool) {
        this.pool = pool;
    }

    /** How much waits for a person, and since how many seconds. */
    record Open(long count, long oldestSeconds) {}

    Uni<Void> insert(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(letters, DeadLetter::letterTopic))
                .addArrayOfInteger(
                        letters.stream().map(DeadLetter::letterPartition).toArray(Integer[]::new))
                .addArrayOfLong(letters.stream().map(DeadLetter::letterOffset).toArray(Long[]::new))
                .addArrayOfString(texts(letters, DeadLetter::topic))
                .addArrayOfInteger(letters.stream().map(DeadLetter::partition).toArray(Integer[]::new))
                .addArrayOfLong(letters.stream().map(DeadLetter::offset).toArray(Long[]::new))
                .addArrayOfString(texts(letters, DeadLetter::group))
                .addArrayOfString(texts(letters, DeadLetter::code))
                .addArrayOfString(texts(letters, DeadLetter::cause))
                .addArrayOfString(texts(letters, DeadLetter::eventId))
                .addArrayOfString(texts(letters, DeadLetter::eventType))
                .addValue(letters.stream().map(letter -> buffer(letter.key())).toArray(Buffer[]::new))
                .addValue(letters.stream().map(letter -> buffer(letter.body())).toArray(Buffer[]::new))
                .addArrayOfString(texts(letters, DeadLetter::headers))
                .addArrayOfOffsetDateTime(letters.stream()
                        .map(letter -> letter.diedAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return pool.preparedQuery(INSERT).execute(columns).replaceWithVoid();
    }

    Uni<List<LetterView>> page(
            @Nullable String state, @Nullable String group, @Nullable String eventId, long before, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(state, group, eventId, before, limit))
                .map(rows -> {
                    List<LetterView> letters = new ArrayList<>();
                    rows.forEach(row -> letters.add(view(row)));
                    return letters;
                });
    }

    Uni<Optional<LetterView>> find(long id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(DeadLetterStore::first);
    }

    /** An open letter that nobody else can decide on meanwhile. */
    Uni<Optional<LetterView>> lockOpen(SqlConnection transaction, long id) {
        return transaction.preparedQuery(LOCK_OPEN).execute(Tuple.of(id)).map(DeadLetterStore::first);
    }

    Uni<Void> decide(
            SqlConnection transaction, long id, LetterState state, String by, @Nullable String reason, Instant now) {
        return transaction
                .preparedQuery(DECIDE)
                .execute(Tuple.of(id, state.token(), by, reason, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<Open> summariseOpen() {
        return pool.query(SUMMARISE_OPEN).execute().map(rows -> {
            Row row = rows.iterator().next();
            Long seconds = row.getLong("seconds");
            return new Open(row.getLong("open"), seconds == null ? 0 : seconds);
        });
    }

    Uni<Void> purge(Instant decidedBefore) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(decidedBefore.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static Optional<LetterView> first(Iterable<Row> rows) {
        for (Row row : rows) {
            return Optional.of(view(row));
        }
        return Optional.empty();
    }

    private static LetterView view(Row row) {
        return new LetterView(
                row.getLong("id"),
                LetterState.of(row.getString("state")),
                row.getString("topic"),
                row.getInteger("topic_partition"),
                row.getLong("topic_offset"),
                row.getString("consumer_group"),
                row.getString("code"),
                row.getString("cause"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getOffsetDateTime("died_at").toInstant(),
                row.getString("decided_by"),
                row.getString("decision_reason"),
                instant(row.getOffsetDateTime("decided_at")),
                new LetterView.Content(
                        bytes(row.getBuffer("record_key")), row.getString("headers"), bytes(row.getBuffer("body"))));
    }

    private static String[] texts(List<DeadLetter> letters, Function<DeadLetter, @Nullable String> column) {
        return letters.stream().map(column).toArray(String[]::new);
    }

    private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }

    private static byte @Nullable [] bytes(io.vertx.mutiny.core.buffer.@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
