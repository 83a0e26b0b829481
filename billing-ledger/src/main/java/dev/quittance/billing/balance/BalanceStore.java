package dev.quittance.billing.balance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Balances as they are read. */
@ApplicationScoped
public class BalanceStore {
    private static final String FIND_OF_USER = """
            select a.unit, b.credits - b.debits as amount, b.version
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
            where a.user_id = $1 and a.name = 'user:' || a.user_id || ':' || a.unit order by a.unit limit 100
            """;

    private static final String FIND_PAGE = """
            select a.account_id, a.user_id, a.unit, b.credits - b.debits as amount, b.version
            from billing.ledger_accounts a join billing.balances b on b.account_id = a.account_id
            where a.account_id > $1 and a.kind = 'user' and a.name = 'user:' || a.user_id || ':' || a.unit
            order by a.account_id limit $2
            """;

    private final Pool pool;

    /** A balance with whose it is. */
    record OwnedBalance(long accountId, UUID userId, UnitBalance balance) {}

    BalanceStore(Pool pool) {
        this.pool = pool;
    }

    /** The balances of the units that the user ever had. */
    Uni<List<UnitBalance>> ofUser(UUID userId) {
        return pool.preparedQuery(FIND_OF_USER).execute(Tuple.of(userId)).map(rows -> {
            List<UnitBalance> balances = new ArrayList<>();
            rows.forEach(row -> balances.add(
                    new UnitBalance(row.getString("unit"), row.getLong("amount"), row.getLong("version"))));
            return balances;
        });
    }

    /** Everybody's, some at a time. */
    Uni<List<OwnedBalance>> page(long afterAccountId, int limit) {
        return pool.preparedQuery(FIND_PAGE)
                .execute(Tuple.of(afterAccountId, limit))
                .map(rows -> {
                    List<OwnedBalance> balances = new ArrayList<>();
                    rows.forEach(row -> balances.add(new OwnedBalance(
                            row.getLong("account_id"),
                            row.getUUID("user_id"),
                            new UnitBalance(row.getString("unit"), row.getLong("amount"), row.getLong("version")))));
                    return balances;
                });
    }
}
