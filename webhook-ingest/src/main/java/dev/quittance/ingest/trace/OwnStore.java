package dev.quittance.ingest.trace;

import dev.quittance.ingest.trace.Traced.Question;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What this slice itself knows beside the log: later deliveries, and dead letters. */
@Singleton
final class OwnStore {
    private static final String REPEATS = """
            select r.account, r.event_id, r.received_at, r.origin, r.topic_partition, r.topic_offset,
                   r.body_sha256 = e.body_sha256 as same_body
            from ingest.repeated_deliveries r
            join ingest.stripe_events e on e.account = r.account and e.event_id = r.event_id
            where r.event_id = any($1) order by r.received_at limit 1000
            """;

    private static final String LETTERS = """
            select event_id, consumer_group, id, state, code, died_at from ingest.dead_letters
            where event_id = any($1) and consumer_group is not null order by id limit 1000
            """;

    private final Pool pool;

    OwnStore(Pool pool) {
        this.pool = pool;
    }

    /** A later delivery, and of which event. */
    record RepeatOf(Question event, Trace.Repeat repeat) {}

    Uni<List<RepeatOf>> repeats(Collection<String> eventIds) {
        return pool.preparedQuery(REPEATS).execute(ids(eventIds)).map(rows -> {
            List<RepeatOf> repeats = new ArrayList<>();
            rows.forEach(row -> repeats.add(new RepeatOf(
                    new Question(row.getString("account"), row.getString("event_id")),
                    new Trace.Repeat(
                            row.getOffsetDateTime("received_at").toInstant(),
                            row.getString("origin"),
                            row.getInteger("topic_partition"),
                            row.getLong("topic_offset"),
                            row.getBoolean("same_body")))));
            return repeats;
        });
    }

    Uni<List<LetterWord>> letters(Collection<String> eventIds) {
        return pool.preparedQuery(LETTERS).execute(ids(eventIds)).map(rows -> {
            List<LetterWord> letters = new ArrayList<>();
            rows.forEach(row -> letters.add(new LetterWord(
                    row.getString("event_id"),
                    row.getString("consumer_group"),
                    row.getLong("id"),
                    row.getString("state"),
                    row.getString("code"),
                    row.getOffsetDateTime("died_at").toInstant())));
            return letters;
        });
    }

    private static Tuple ids(Collection<String> eventIds) {
        return Tuple.tuple().addArrayOfString(eventIds.toArray(String[]::new));
    }
}
