package dev.quittance.billing.buying;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Gives back the stock of orders for which no page was ever opened. One with a page is Stripe's to expire. */
@ApplicationScoped
class AbandonedOrderJob {
    private static final Logger LOG = Logger.getLogger(AbandonedOrderJob.class);

    private final SessionStore store;
    private final StripeCheckoutHandler handler;
    private final CheckoutConfig config;

    AbandonedOrderJob(SessionStore store, StripeCheckoutHandler handler, CheckoutConfig config) {
        this.store = store;
        this.handler = handler;
        this.config = config;
    }

    @Scheduled(
            every = "${quittance.checkout.abandoned-every:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> giveUp() {
        return store.abandoned(config.abandonedBatch())
                .chain(orders -> orders.isEmpty() ? Uni.createFrom().voidItem() : handler.giveUp(orders))
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=abandoned-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
