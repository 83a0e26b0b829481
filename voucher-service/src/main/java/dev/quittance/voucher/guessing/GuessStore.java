package dev.quittance.voucher.guessing;

import dev.quittance.voucher.guessing.Counts.Count;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Counts in Postgres while Redis is away. Rows are locked in the order of their names, so that none waits for another in a circle. */
@Singleton
final class GuessStore implements GuessCounters {
    private static final String ALL = "all";

    private static final String COUNT = """
            insert into voucher.guess_counters as g (bucket, started_at, ends_at, attempts, failures)
            select b.bucket, $3, $3 + b.millis * interval '1 millisecond', 1, 0
            from unnest($1::text[], $2::bigint[]) as b (bucket, millis) order by b.bucket
            on conflict (bucket) do update set
              attempts = case when g.ends_at <= $3 then 1 else g.attempts + 1 end,
              failures = case when g.ends_at <= $3 then 0 else g.failures end,
              started_at = case when g.ends_at <= $3 then excluded.started_at else g.started_at end,
              ends_at = case when g.ends_at <= $3 then excluded.ends_at else g.ends_at end
            returning bucket, attempts, failures, ends_at
            """;

    private static final String FORGIVE = """
            update voucher.guess_counters g set attempts = g.attempts - 1
            from (select bucket from voucher.guess_counters where bucket = any($1::text[]) order by bucket for update) b
            where g.bucket = b.bucket and g.attempts > 0
            """;

    private static final String FAILED =
            "update voucher.guess_counters set failures = failures + 1 where bucket = 'all'";

    private static final String FORGET = """
            delete from voucher.guess_counters
            where bucket in (select bucket from voucher.guess_counters where ends_at < $1 limit 10000 for update skip locked)
            """;

    private final Pool pool;
    private final GuessingConfig config;
    private final InstantSource clock;

    GuessStore(Pool pool, GuessingConfig config, InstantSource clock) {
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Uni<Counts> count(GuessTicket ticket) {
        OffsetDateTime now = now();
        long window = config.window().toMillis();
        return pool.preparedQuery(COUNT)
                .execute(Tuple.tuple()
                        .addArrayOfString(new String[] {ticket.account(), ticket.address(), ALL})
                        .addArrayOfLong(new Long[] {
                            window, window, config.globalWindow().toMillis()
                        })
                        .addOffsetDateTime(now))
                .map(rows -> {
                    Map<String, Row> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString("bucket"), row));
                    return new Counts(
                            count(found, ticket.account(), now.toInstant()),
                            count(found, ticket.address(), now.toInstant()),
                            count(found, ALL, now.toInstant()),
                            row(found, ALL).getInteger("failures"));
                });
    }

    @Override
    public Uni<Void> forgive(GuessTicket ticket) {
        return pool.preparedQuery(FORGIVE)
                .execute(Tuple.tuple().addArrayOfString(new String[] {ticket.account(), ticket.address()}))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> failed() {
        return pool.preparedQuery(FAILED).execute().replaceWithVoid();
    }

    /** What is over is not kept. */
    Uni<Integer> forget() {
        return pool.preparedQuery(FORGET).execute(Tuple.of(now())).map(rows -> rows.rowCount());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Count count(Map<String, Row> found, String bucket, Instant now) {
        Row row = row(found, bucket);
        return new Count(
                row.getInteger("attempts"),
                Duration.between(now, row.getOffsetDateTime("ends_at").toInstant()));
    }

    private static Row row(Map<String, Row> found, String bucket) {
        Row row = found.get(bucket);
        if (row == null) {
            throw new IllegalStateException("a bucket was not counted");
        }
        return row;
    }
}
