package dev.quittance.provisioning.realtime;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The latest state of everything that users follow. */
@ApplicationScoped
public class StreamStateStore {
    private static final String UPSERT = """
            insert into provisioning.stream_states as s (name, key, owner, revision, state, occurred_at)
            select q.name, q.key, q.owner, q.revision, q.state::jsonb, q.occurred_at
            from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[])
              as q (name, key, owner, revision, state, occurred_at)
            on conflict (name, key) do update set owner = excluded.owner, revision = excluded.revision,
              state = excluded.state, occurred_at = excluded.occurred_at
            where s.revision < excluded.revision
            """;

    private final Pool pool;

    StreamStateStore(Pool pool) {
        this.pool = pool;
    }

    /** Writes the states; what is known already changes nothing. In one order, so that two pods never wait for each other. */
    Uni<Void> upsert(List<StreamState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, StreamState> latest = new TreeMap<>();
        states.forEach(state ->
                latest.merge(state.name() + "/" + state.key(), state, (a, b) -> a.revision() >= b.revision() ? a : b));
        Collection<StreamState> rows = latest.values();
        return pool.preparedQuery(UPSERT)
                .execute(Tuple.tuple()
                        .addArrayOfString(rows.stream().map(StreamState::name).toArray(String[]::new))
                        .addArrayOfString(rows.stream().map(StreamState::key).toArray(String[]::new))
                        .addArrayOfString(rows.stream().map(StreamState::owner).toArray(String[]::new))
                        .addArrayOfLong(rows.stream().map(StreamState::revision).toArray(Long[]::new))
                        .addArrayOfString(rows.stream().map(StreamState::json).toArray(String[]::new))
                        .addArrayOfOffsetDateTime(rows.stream()
                                .map(row -> row.occurredAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }
}
