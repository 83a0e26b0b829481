package dev.quittance.billing.overpayment;

import dev.quittance.billing.refunding.OwedRefundStore;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Has what was paid twice given back, where that is the merchant's policy. Decided from what is stored and off the path of the
 * events; what it writes down is asked of Stripe as every refund is, and the books change when Stripe says that it happened.
 */
@ApplicationScoped
class OverpaymentJob {
    private static final Logger LOG = Logger.getLogger(OverpaymentJob.class);

    private final Pool pool;
    private final OverpaymentStore store;
    private final OwedRefundStore refunds;
    private final OverpaymentConfig config;
    private final MeterRegistry metrics;

    OverpaymentJob(
            Pool pool,
            OverpaymentStore store,
            OwedRefundStore refunds,
            OverpaymentConfig config,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.refunds = refunds;
        this.config = config;
        this.metrics = metrics;
    }

    @Scheduled(
            every = "${quittance.billing.overpayment-every:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return switch (config.overpayment()) {
            case HOLD -> Uni.createFrom().voidItem();
            case REFUND ->
                turn().onFailure()
                        .invoke(failure -> LOG.warnf("outcome=overpaid-later errorCode=%s", Failures.code(failure)))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid();
        };
    }

    private Uni<Void> turn() {
        return pool.withTransaction(transaction -> store.take(
                                transaction, config.overpaymentGrace(), config.overpaymentBatch())
                        .map(found -> found.stream()
                                .flatMap(one -> OverpaymentRules.decide(one).stream())
                                .toList())
                        .chain(owed -> refunds.owe(transaction, owed).replaceWith(owed)))
                .invoke(owed -> metrics.counter("overpayments.refunds").increment(owed.size()))
                .replaceWithVoid();
    }
}
