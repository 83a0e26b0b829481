package dev.quittance.billing.balance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Balances as they are read. */
@ApplicationScoped
public class BalanceStore {
    private static final String FIND_OF_USER = """
            select a.unit, sum(b.credits - b.debits)::bigint as amount
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
            where a.user_id = $1 group by a.unit order by a.unit limit 100
            """;

    private final Pool pool;

    BalanceStore(Pool pool) {
        this.pool = pool;
    }

    /** Amount by unit, of the units that the user ever had. */
    Uni<Map<String, Long>> ofUser(UUID userId) {
        return pool.preparedQuery(FIND_OF_USER).execute(Tuple.of(userId)).map(rows -> {
            Map<String, Long> amounts = new LinkedHashMap<>();
            rows.forEach(row -> amounts.put(row.getString("unit"), row.getLong("amount")));
            return amounts;
        });
    }
}
