package dev.quittance.provisioning.supabase;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Users that are asked for, and who they became. */
@ApplicationScoped
public class AuthUserStore {
    private static final String LEASE = """
            update provisioning.auth_user_requests set attempts = attempts + 1, next_attempt_at = $2
            where email in (select email from provisioning.auth_user_requests where next_attempt_at <= $1
                            order by next_attempt_at limit $3 for update skip locked)
            returning email, attempts
            """;

    private static final String POSTPONE =
            "update provisioning.auth_user_requests set next_attempt_at = $2 where email = $1";

    // Where Auth keeps its users in this database they are there already.
    private static final String ADOPT = """
            insert into auth.users (id, email, aud, role, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
            select $1, $2, 'authenticated', 'authenticated', '{"quittance": true}', '{}', now(), now()
            where not exists (select from auth.users where id = $1)
            """;

    private static final String DELETE = "delete from provisioning.auth_user_requests where email = $1";

    private final Pool pool;

    AuthUserStore(Pool pool) {
        this.pool = pool;
    }

    /** A request that this process works on. */
    record Leased(String email, int attempts) {}

    Uni<List<Leased>> lease(Instant now, Instant until, int limit) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> {
                    List<Leased> leased = new ArrayList<>();
                    rows.forEach(row -> leased.add(new Leased(row.getString("email"), row.getInteger("attempts"))));
                    return leased;
                });
    }

    Uni<Void> postpone(String email, Instant until) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(email, until.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** The user is there. */
    Uni<Void> finish(SqlConnection transaction, String email, UUID userId) {
        return transaction
                .preparedQuery(ADOPT)
                .execute(Tuple.of(userId, email))
                .chain(() -> transaction.preparedQuery(DELETE).execute(Tuple.of(email)))
                .replaceWithVoid();
    }
}
