package dev.quittance.messaging.inbox;

import dev.quittance.messaging.config.DeliveryConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inbox table of one slice, and the locks that keep related events apart. */
final class InboxStore {
    private static final String LOCK_SUBJECTS =
            "select count(*) from (select pg_advisory_xact_lock($1, bucket) from unnest($2::int[]) as bucket) locked";

    // Sorted rows, so that two consumers that meet wait for each other instead of deadlocking.
    private static final String CLAIM = """
            insert into %s.inbox (consumer_group, account, event_id, event_type, body_sha256, outcome)
            select $1, c.* from unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[]) as c
            on conflict (consumer_group, account, event_id) do nothing
            returning account, event_id
            """;

    private static final String FIND_DIGESTS = """
            select i.account, i.event_id, i.body_sha256 from %s.inbox i
            join unnest($2::text[], $3::text[]) as q (account, event_id) using (account, event_id)
            where i.consumer_group = $1
            """;

    private static final String SET_ASIDE = """
            insert into %s.inbox_conflicts (consumer_group, account, event_id, event_type, body, body_sha256)
            select $1, c.* from unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[]) as c
            on conflict do nothing
            """;

    private final String schema;
    private final String group;
    private final int lockBuckets;
    private final String claim;

    /** @param lockBuckets a bound on Postgres' lock table, at the price of needless waiting: see {@link DeliveryConfig} */
    InboxStore(String schema, String group, int lockBuckets) {
        this.schema = schema;
        this.group = group;
        this.lockBuckets = lockBuckets;
        this.claim = CLAIM.formatted(schema);
    }

    /** An event to claim, with the outcome to record: {@code applied} or {@code ignored:reason}. */
    record Claim(Incoming incoming, String outcome) {}

    /** The locks of the subjects, ready to be taken. */
    Tuple locks(Set<String> subjects) {
        Integer[] buckets = subjects.stream()
                .map(subject -> Math.floorMod(subject.hashCode() * 0x9E3779B9, lockBuckets))
                .distinct()
                .sorted()
                .toArray(Integer[]::new);
        return Tuple.of(schema.hashCode()).addArrayOfInteger(buckets);
    }

    Uni<Void> lock(SqlConnection transaction, Tuple locks) {
        return transaction.preparedQuery(LOCK_SUBJECTS).execute(locks).replaceWithVoid();
    }

    /** The claims, ready to be made. They must have distinct ids. */
    Tuple claims(Collection<Claim> claims) {
        List<Claim> sorted = claims.stream()
                .sorted((a, b) -> a.incoming().id().compareTo(b.incoming().id()))
                .toList();
        return Tuple.of(group)
                .addArrayOfString(
                        sorted.stream().map(c -> c.incoming().id().account()).toArray(String[]::new))
                .addArrayOfString(
                        sorted.stream().map(c -> c.incoming().id().id()).toArray(String[]::new))
                .addArrayOfString(sorted.stream().map(c -> c.incoming().type()).toArray(String[]::new))
                .addValue(sorted.stream()
                        .map(c ->
                                io.vertx.core.buffer.Buffer.buffer(c.incoming().digest()))
                        .toArray(io.vertx.core.buffer.Buffer[]::new))
                .addArrayOfString(sorted.stream().map(Claim::outcome).toArray(String[]::new));
    }

    /** Claims those that were never claimed before, and says which. */
    Uni<Set<EventId>> claim(SqlConnection transaction, Tuple claims) {
        return transaction.preparedQuery(claim).execute(claims).map(InboxStore::ids);
    }

    /** The digests under which the given events were applied. */
    Uni<Map<EventId, Buffer>> digests(SqlConnection transaction, Collection<EventId> ids) {
        return transaction
                .preparedQuery(FIND_DIGESTS.formatted(schema))
                .execute(Tuple.of(group)
                        .addArrayOfString(ids.stream().map(EventId::account).toArray(String[]::new))
                        .addArrayOfString(ids.stream().map(EventId::id).toArray(String[]::new)))
                .map(rows -> {
                    Map<EventId, Buffer> digests = new HashMap<>();
                    rows.forEach(row -> digests.put(id(row), row.getBuffer(2)));
                    return digests;
                });
    }

    /** Keeps events that came under an id that another body had taken. */
    Uni<Void> setAside(SqlConnection transaction, Collection<Incoming> conflicts) {
        if (conflicts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.of(group)
                .addArrayOfString(conflicts.stream().map(c -> c.id().account()).toArray(String[]::new))
                .addArrayOfString(conflicts.stream().map(c -> c.id().id()).toArray(String[]::new))
                .addArrayOfString(conflicts.stream().map(Incoming::type).toArray(String[]::new))
                .addValue(conflicts.stream()
                        .map(c -> io.vertx.core.buffer.Buffer.buffer(c.body()))
                        .toArray(io.vertx.core.buffer.Buffer[]::new))
                .addValue(conflicts.stream()
                        .map(c -> io.vertx.core.buffer.Buffer.buffer(c.digest()))
                        .toArray(io.vertx.core.buffer.Buffer[]::new));
        return transaction
                .preparedQuery(SET_ASIDE.formatted(schema))
                .execute(columns)
                .replaceWithVoid();
    }

    private static Set<EventId> ids(RowSet<Row> rows) {
        Set<EventId> ids = new HashSet<>();
        rows.forEach(row -> ids.add(id(row)));
        return ids;
    }

    private static EventId id(Row row) {
        // By position: a name would be looked up for each row.
        return new EventId(row.getString(0), row.getString(1));
    }
}
