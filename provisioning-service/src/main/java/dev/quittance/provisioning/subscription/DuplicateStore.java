package dev.quittance.provisioning.subscription;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Users who pay for more than one live subscription. */
@ApplicationScoped
class DuplicateStore {
    private static final String FIND = """
            select s.user_id, a.account_number, array_agg(s.id order by s.created, s.id) as subscriptions
            from provisioning.subscriptions s join provisioning.accounts a using (user_id)
            where s.status in ('active', 'trialing', 'past_due') and s.user_id > $1
            group by s.user_id, a.account_number having count(*) > 1
            order by s.user_id limit $2
            """;

    private final Pool pool;

    DuplicateStore(Pool pool) {
        this.pool = pool;
    }

    /** @param subscriptions the oldest first */
    record Duplicate(UUID userId, String accountNumber, List<String> subscriptions) {}

    Uni<List<Duplicate>> find(UUID after, int limit) {
        return pool.preparedQuery(FIND).execute(Tuple.of(after, limit)).map(rows -> {
            List<Duplicate> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Duplicate(
                    row.getUUID("user_id"),
                    row.getString("account_number"),
                    List.of(row.getArrayOfStrings("subscriptions")))));
            return found;
        });
    }
}
