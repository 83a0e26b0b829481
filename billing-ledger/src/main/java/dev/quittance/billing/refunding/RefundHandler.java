package dev.quittance.billing.refunding;

import dev.quittance.billing.lookup.LookupConfig;
import dev.quittance.billing.refunding.RefundStore.Known;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Asks Stripe for refunds. A request is written down first, then asked outside any transaction; until there is an answer it is
 * asked again, by whoever repeats the request and by the job, always under the same key.
 */
@ApplicationScoped
class RefundHandler {
    private static final Logger LOG = Logger.getLogger(RefundHandler.class);

    private final RefundStore store;
    private final RefundConfig config;
    private final MeterRegistry metrics;
    private final Optional<StripeRefunds> stripe;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RefundHandler(RefundStore store, RefundConfig config, LookupConfig stripeConfig, MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.metrics = metrics;
        this.stripe = stripeConfig.apiKey().map(key -> new StripeRefunds(key, stripeConfig));
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    boolean canAsk() {
        return stripe.isPresent();
    }

    /** What is known once Stripe was asked; of an earlier request where the key is one's. */
    Uni<Known> refund(RefundRequest request) {
        return store.remember(request, config.lease())
                .chain(known -> isToAsk(known, request)
                        ? ask(request).chain(() -> store.find(request.idempotencyKey()))
                        : Uni.createFrom().item(known));
    }

    private static boolean isToAsk(Known known, RefundRequest request) {
        return known.state().equals("asked") && known.request().equals(request);
    }

    @Scheduled(every = "${quittance.refunds.every:15s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> askAgain() {
        if (stripe.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.takeDue(config.batch(), config.lease())
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(
                                known -> ask(known.request()).replaceWith(known))
                        .collect()
                        .last())
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=refunds-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> ask(RefundRequest request) {
        StripeRefunds client = stripe.orElseThrow();
        return Uni.createFrom()
                .item(() -> client.ask(request))
                .runSubscriptionOn(threads)
                .chain(answer -> {
                    metrics.counter("refunds.asked", "outcome", outcome(answer)).increment();
                    return answer instanceof RefundAnswer.Unknown
                            ? Uni.createFrom().voidItem()
                            : store.answer(request, answer);
                });
    }

    private static String outcome(RefundAnswer answer) {
        return switch (answer) {
            case RefundAnswer.Made made -> "made";
            case RefundAnswer.Refused refused -> "refused";
            case RefundAnswer.Unknown unknown -> "unknown";
        };
    }
}
