package dev.quittance.billing.expiry;

import dev.quittance.billing.posting.JournalStore;
import dev.quittance.foundation.failure.Failures;
import dev.quittance.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Books what was not used in time to breakage, users by users, where the merchant's policy says that it is over. */
@ApplicationScoped
class ExpiryJob {
    private static final Logger LOG = Logger.getLogger(ExpiryJob.class);

    private final Pool pool;
    private final ExpiryStore store;
    private final JournalStore journal;
    private final Outbox outbox;
    private final ExpiryConfig config;
    private final MeterRegistry metrics;

    ExpiryJob(
            Pool pool,
            ExpiryStore store,
            JournalStore journal,
            Outbox outbox,
            ExpiryConfig config,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.journal = journal;
        this.outbox = outbox;
        this.config = config;
        this.metrics = metrics;
    }

    @Scheduled(every = "${quittance.expiry.every:1h}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return turn().onFailure()
                .invoke(failure -> LOG.warnf("outcome=expires-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> turn() {
        return expire("points", config.points()).chain(() -> expire("credits", config.credits()));
    }

    private Uni<Void> expire(String unit, Optional<Duration> lasts) {
        return lasts.map(duration -> after(unit, duration, 0))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> after(String unit, Duration lasts, long account) {
        return store.find(unit, lasts, account, config.batch())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : book(unit, lasts, found)
                                .chain(() -> after(unit, lasts, found.getLast().accountId())));
    }

    private Uni<Void> book(String unit, Duration lasts, List<Expired> found) {
        return pool.withTransaction(transaction -> store.lock(transaction, unit, lasts, found)
                        .chain(expired -> journal.post(
                                        transaction,
                                        expired.stream().map(Expired::posting).toList())
                                .invoke(_ -> expired.forEach(one -> metrics.counter("ledger.expired", "unit", unit)
                                        .increment(one.amount())))))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }
}
