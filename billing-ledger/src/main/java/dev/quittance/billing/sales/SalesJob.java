package dev.quittance.billing.sales;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Counts the carts that were left. Every pod reads the same table: who asks takes the highest, not the sum. */
@ApplicationScoped
class SalesJob {
    private static final Logger LOG = Logger.getLogger(SalesJob.class);

    private final SalesStore store;
    private final SalesMetrics metrics;
    private final SalesConfig config;

    SalesJob(SalesStore store, SalesMetrics metrics, SalesConfig config) {
        this.store = store;
        this.metrics = metrics;
        this.config = config;
    }

    @Scheduled(every = "${quittance.sales.carts-every:5m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return turn().onFailure()
                .invoke(failure -> LOG.warnf("outcome=carts-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> turn() {
        return store.countUntouchedCarts(config.untouched())
                .invoke(metrics::untouchedCarts)
                .replaceWithVoid();
    }
}
