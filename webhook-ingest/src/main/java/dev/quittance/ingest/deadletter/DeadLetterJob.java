package dev.quittance.ingest.deadletter;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.ingest.eventlog.EventLogConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Says how much waits for a person and since when, for the alert; and takes the content of what was decided long ago away. */
@ApplicationScoped
class DeadLetterJob {
    private static final Logger LOG = Logger.getLogger(DeadLetterJob.class);

    private final DeadLetterStore store;
    private final EventLogConfig config;
    private final InstantSource clock;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong oldest = new AtomicLong();

    DeadLetterJob(DeadLetterStore store, EventLogConfig config, InstantSource clock, MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        metrics.gauge("deadletters.open", open);
        metrics.gauge("deadletters.oldest.age.seconds", oldest);
    }

    @Scheduled(
            every = "${quittance.dead-letters.look-every:30s}",
            // The channels are not there at once.
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return store.summariseOpen()
                .invoke(found -> {
                    open.set(found.count());
                    oldest.set(found.oldestSeconds());
                })
                .chain(() -> store.purge(clock.instant().minus(config.retention())))
                .onFailure()
                .invoke(failure -> LOG.debugf("outcome=dead-letters-not-counted errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }
}
