package dev.quittance.billing.balance;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads balances: from Redis when it knows all of them, else from Postgres, which Redis is then told. */
@ApplicationScoped
class BalanceHandler {
    private final BalanceCache cache;
    private final BalanceStore store;
    private final MeterRegistry metrics;

    BalanceHandler(BalanceCache cache, BalanceStore store, MeterRegistry metrics) {
        this.cache = cache;
        this.store = store;
        this.metrics = metrics;
    }

    Uni<List<UnitBalance>> ofUser(UUID user) {
        return cache.read(user).chain(found -> {
            metrics.counter("balances.read", "from", found.isPresent() ? "redis" : "postgres")
                    .increment();
            return found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : store.ofUser(user).call(balances -> cache.fill(user, balances));
        });
    }
}
