package dev.quittance.ingest.backfill;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Backfills and how far they are. */
@Singleton
final class BackfillStore {
    private static final String SELECT = """
            select b.id, b.requested_by, b.account, b.dry_run, b.state, b.position, b.next_after, b.pages, b.attempts,
                   b.last_failure, b.recorded_at, b.publishing_since, b.finished_at,
                   (select jsonb_agg(jsonb_build_object('subject', s.subject, 'counted', s.counted,
                                                        'published', s.published, 'unreadable', s.unreadable)
                                     order by s.position)
                    from ingest.backfill_subjects s where s.backfill_id = b.id) as subjects
            from ingest.backfills b
            """;

    private static final String BEGIN = """
            with begun as (
              insert into ingest.backfills (requested_by, account, dry_run) values ($1, $2, $3)
              on conflict do nothing returning id),
            listed as (
              insert into ingest.backfill_subjects (backfill_id, position, subject)
              select begun.id, s.position, s.subject from begun, unnest($4::text[]) with ordinality as s(subject, position))
            select id from begun
            """;

    // Taken by moving the time of the next attempt on: a process that dies leaves the backfill to the next.
    private static final String TAKE = """
            update ingest.backfills set attempts = attempts + 1, next_attempt_at = now() + $1 * interval '1 millisecond'
            where id = (select id from ingest.backfills where state in ('counting', 'publishing') and next_attempt_at <= now()
                        order by next_attempt_at limit 1 for update skip locked)
            returning id
            """;

    // Only from where the page began: a lease that ran out counts nothing twice, and an abort is not overtaken.
    private static final String GO_ON = """
            with moved as (
              update ingest.backfills
              set state = $5, position = $6, next_after = $7, pages = pages + 1, attempts = 0, last_failure = null,
                  next_attempt_at = now(),
                  publishing_since = case when $5 = 'publishing' then coalesce(publishing_since, now()) else publishing_since end,
                  finished_at = case when $5 = 'done' then now() end
              where id = $1 and state = $2 and position = $3 and next_after is not distinct from $4
              returning id)
            update ingest.backfill_subjects s
            set counted = s.counted + $8, published = s.published + $9, unreadable = s.unreadable + $10
            from moved where s.backfill_id = moved.id and s.position = $3
            """;

    private static final String POSTPONE = """
            update ingest.backfills set next_attempt_at = now() + $2 * interval '1 millisecond', last_failure = $3
            where id = $1
            """;

    private static final String ABORT = """
            update ingest.backfills set state = 'aborted', finished_at = now()
            where id = $1 and state in ('counting', 'publishing') returning id
            """;

    private static final String FIND = SELECT + " where b.id = $1";

    private static final String LATEST = SELECT + " order by b.id desc limit 100";

    private final Pool pool;

    BackfillStore(Pool pool) {
        this.pool = pool;
    }

    /** Nothing when one of this account is under way. */
    Uni<Optional<Backfill>> begin(String by, String account, boolean dryRun, List<Subject> subjects) {
        Tuple values = Tuple.of(by, account, dryRun)
                .addArrayOfString(subjects.stream().map(Subject::token).toArray(String[]::new));
        return pool.preparedQuery(BEGIN).execute(values).chain(this::found);
    }

    Uni<Optional<Backfill>> take(Duration lease) {
        return pool.preparedQuery(TAKE).execute(Tuple.of(lease.toMillis())).chain(this::found);
    }

    /** Does nothing when another process was there first, or somebody has aborted it. */
    Uni<Void> goOn(Backfill from, Place to, int counted, int published, int unreadable) {
        Place place = from.place();
        return pool.preparedQuery(GO_ON)
                .execute(Tuple.tuple()
                        .addLong(from.id())
                        .addString(place.state().token())
                        .addInteger(place.position())
                        .addString(place.after())
                        .addString(to.state().token())
                        .addInteger(to.position())
                        .addString(to.after())
                        .addInteger(counted)
                        .addInteger(published)
                        .addInteger(unreadable))
                .replaceWithVoid();
    }

    Uni<Void> postpone(Backfill backfill, Duration pause, String failure) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(backfill.id(), pause.toMillis(), failure))
                .replaceWithVoid();
    }

    /** Nothing when it is over already. */
    Uni<Optional<Backfill>> abort(long id) {
        return pool.preparedQuery(ABORT).execute(Tuple.of(id)).chain(this::found);
    }

    Uni<Optional<Backfill>> find(long id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> backfills(rows).stream().findFirst());
    }

    Uni<List<Backfill>> latest() {
        return pool.query(LATEST).execute().map(BackfillStore::backfills);
    }

    private Uni<Optional<Backfill>> found(RowSet<Row> ids) {
        return ids.size() == 0
                ? Uni.createFrom().item(Optional.empty())
                : find(ids.iterator().next().getLong("id"));
    }

    private static List<Backfill> backfills(RowSet<Row> rows) {
        List<Backfill> backfills = new ArrayList<>();
        rows.forEach(row -> backfills.add(new Backfill(
                row.getLong("id"),
                row.getString("requested_by"),
                row.getString("account"),
                row.getBoolean("dry_run"),
                new Place(State.of(row.getString("state")), row.getInteger("position"), row.getString("next_after")),
                row.getInteger("pages"),
                counts(row.getJsonArray("subjects")),
                row.getInteger("attempts"),
                row.getString("last_failure"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                instant(row.getOffsetDateTime("publishing_since")),
                instant(row.getOffsetDateTime("finished_at")))));
        return backfills;
    }

    private static List<Counts> counts(JsonArray subjects) {
        return subjects.stream()
                .map(JsonObject.class::cast)
                .map(counts -> new Counts(
                        Subject.of(counts.getString("subject")),
                        counts.getLong("counted"),
                        counts.getLong("published"),
                        counts.getLong("unreadable")))
                .toList();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
