package dev.quittance.provisioning.realtime;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How things stand for a user when the stream opens. */
@ApplicationScoped
public class SnapshotStore {
    private static final String READ = """
            select a.account_number,
                   jsonb_build_object(
                     'userId', $1,
                     'account', case when a.user_id is not null then jsonb_build_object(
                       'accountNumber', a.account_number, 'status', a.status, 'expiry', a.expiry) end,
                     'states', coalesce((
                       select jsonb_agg(jsonb_build_object('name', s.name, 'state', s.state) order by s.name, s.key)
                       from (select name, key, state from provisioning.stream_states
                             where owner in ($1::text, a.account_number)
                             order by occurred_at desc limit $2) s), '[]')) as snapshot
            from (select $1::uuid as id) q left join provisioning.accounts a on a.user_id = q.id
            """;

    private final Pool pool;

    SnapshotStore(Pool pool) {
        this.pool = pool;
    }

    /** What a user has. */
    record Snapshot(@Nullable String accountNumber, String json) {}

    Uni<Snapshot> read(UUID userId, int statesMax) {
        return pool.preparedQuery(READ).execute(Tuple.of(userId, statesMax)).map(rows -> {
            Row row = rows.iterator().next();
            JsonObject snapshot = row.getJsonObject("snapshot");
            return new Snapshot(row.getString("account_number"), snapshot.encode());
        });
    }
}
