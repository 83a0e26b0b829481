package dev.quittance.ingest.reconciliation;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Says by a metric how old the oldest event is that Stripe has and we have not, for the alert. */
@Startup
@ApplicationScoped
class DeadlineJob {
    private static final Logger LOG = Logger.getLogger(DeadlineJob.class);
    private static final Duration WORTH_A_LINE = Duration.ofHours(1);

    private final DeadlineStore store;
    private final InstantSource clock;
    private final AtomicLong oldest = new AtomicLong();

    DeadlineJob(DeadlineStore store, InstantSource clock, MeterRegistry metrics) {
        this.store = store;
        this.clock = clock;
        metrics.gauge("stripe.undelivered.oldest.age.seconds", oldest);
    }

    @Scheduled(
            every = "${quittance.reconciliation.deadline-every:1m}",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return now().invoke(deadline -> {
                    long seconds = deadline.oldestAt() == null
                            ? 0
                            : Duration.between(deadline.oldestAt(), clock.instant())
                                    .toSeconds();
                    oldest.set(seconds);
                    if (seconds > WORTH_A_LINE.toSeconds()) {
                        LOG.warnf("outcome=unprocessed %s", deadline.told());
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    Uni<Deadline> now() {
        return store.oldest().map(found -> Deadline.of(found.orElse(null), clock.instant()));
    }
}
