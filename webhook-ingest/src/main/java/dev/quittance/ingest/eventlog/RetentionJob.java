package dev.quittance.ingest.eventlog;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Takes bodies away when their time is over: the skeleton stays, and says that the event came. */
@ApplicationScoped
class RetentionJob {
    private static final Logger LOG = Logger.getLogger(RetentionJob.class);

    private final EventLogStore store;
    private final EventLogConfig config;
    private final InstantSource clock;

    RetentionJob(EventLogStore store, EventLogConfig config, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "${quittance.event-log.purge-every:1h}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> purge() {
        return purge(clock.instant())
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=purge-waits errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> purge(Instant now) {
        Instant before = now.minus(config.retention());
        return Multi.createBy()
                .repeating()
                .uni(() -> store.purge(now, before, config.purgeChunk()))
                .whilst(count -> count == config.purgeChunk())
                .onItem()
                .ignoreAsUni();
    }
}
