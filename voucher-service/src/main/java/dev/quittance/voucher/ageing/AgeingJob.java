package dev.quittance.voucher.ageing;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Lets vouchers expire. They are refused from their moment on, whether this has come to them or not. */
@ApplicationScoped
class AgeingJob {
    private static final Logger LOG = Logger.getLogger(AgeingJob.class);
    private static final int CHUNK = 1_000;

    private final AgeingStore store;
    private final InstantSource clock;

    AgeingJob(AgeingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Scheduled(every = "${quittance.voucher.ageing.every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return Multi.createBy()
                .repeating()
                .uni(() -> store.expire(clock.instant(), CHUNK))
                .whilst(count -> count == CHUNK)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=ageing-waits errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }
}
