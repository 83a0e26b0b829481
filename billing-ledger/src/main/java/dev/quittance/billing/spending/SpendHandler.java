package dev.quittance.billing.spending;

import dev.quittance.billing.balance.BalanceCache;
import dev.quittance.billing.posting.BalanceMoved;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.Posted;
import dev.quittance.billing.sales.SalesMetrics;
import dev.quittance.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Spends, in one transaction. Nothing is locked beforehand: the floor of the user's account decides, and who is refused by it
 * looks again at what is left.
 */
@ApplicationScoped
public class SpendHandler {
    /** Each refusal is somebody else's success; more than this in a row is not contention any more. */
    private static final int ATTEMPTS_MAX = 100;

    private static final String FLOOR = "balances_users_not_below_zero";

    private final Pool pool;
    private final SpendStore store;
    private final JournalStore journal;
    private final Outbox outbox;
    private final BalanceCache cache;
    private final MeterRegistry metrics;
    private final SalesMetrics sales;

    SpendHandler(
            Pool pool,
            SpendStore store,
            JournalStore journal,
            Outbox outbox,
            BalanceCache cache,
            MeterRegistry metrics,
            SalesMetrics sales) {
        this.pool = pool;
        this.store = store;
        this.journal = journal;
        this.outbox = outbox;
        this.cache = cache;
        this.metrics = metrics;
        this.sales = sales;
    }

    /** Spends in a transaction of its own; whoever reads the balance next sees it. */
    public Uni<SpendOutcome> spend(Spend spend) {
        List<BalanceMoved> moved = new ArrayList<>();
        return Uni.createFrom()
                .deferred(() -> {
                    moved.clear();
                    return pool.withTransaction(transaction -> spend(transaction, spend, moved));
                })
                .onFailure(SpendHandler::isFloor)
                .retry()
                .atMost(ATTEMPTS_MAX)
                .invoke(outbox::wake)
                .call(() -> cache.offer(moved))
                .invoke(outcome -> metrics.counter("ledger.spends", "outcome", name(outcome))
                        .increment());
    }

    /**
     * Spends as a part of the caller's transaction, which may do more. When it fails by the floor ({@link #isFloor}) somebody
     * else was quicker: the whole transaction is to be tried again.
     */
    public Uni<SpendOutcome> spend(SqlConnection transaction, Spend spend) {
        return spend(transaction, spend, new ArrayList<>());
    }

    /** Whether a transaction failed because a user's account would have gone below zero. */
    public static boolean isFloor(Throwable failure) {
        return failure instanceof PgException postgres && FLOOR.equals(postgres.getConstraint());
    }

    private Uni<SpendOutcome> spend(SqlConnection transaction, Spend spend, List<BalanceMoved> moved) {
        return store.lockAndFind(transaction, spend)
                .chain(remembered -> remembered.isPresent()
                        ? Uni.createFrom().item(SpendRules.repeated(spend, remembered.get()))
                        : decide(transaction, spend, moved));
    }

    private Uni<SpendOutcome> decide(SqlConnection transaction, Spend spend, List<BalanceMoved> moved) {
        return store.funds(transaction, spend).chain(funds -> {
            if (funds.balance() < spend.amount()) {
                return store.remember(transaction, spend, false, funds.balance())
                        .replaceWith(SpendRules.insufficient(spend, funds.balance()));
            }
            return journal.post(transaction, List.of(SpendRules.posting(spend, funds.at())))
                    .invoke(posted -> moved.addAll(posted.balances()))
                    .map(SpendHandler::balance)
                    .call(balance -> store.remember(transaction, spend, true, balance))
                    .invoke(() -> sales.spent(transaction, spend.unit(), spend.amount()))
                    .map(balance -> SpendRules.spent(spend, balance));
        });
    }

    private static long balance(Posted posted) {
        if (posted.balances().size() != 1) {
            throw new IllegalStateException("a spend that moved no balance");
        }
        return posted.balances().getFirst().balance();
    }

    private static String name(SpendOutcome outcome) {
        return switch (outcome) {
            case SpendOutcome.Spent _ -> "spent";
            case SpendOutcome.Insufficient _ -> "insufficient";
            case SpendOutcome.KeyReused _ -> "key-reused";
        };
    }
}
