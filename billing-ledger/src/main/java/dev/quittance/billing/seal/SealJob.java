package dev.quittance.billing.seal;

import dev.quittance.billing.seal.SealStore.Horizon;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals what was booked, off the path of whoever books. A turn seals up to where the journal was at the turn before, once
 * nobody writes below that any more; so an entry that commits late is never left out. The head goes to the log and to a
 * metric: places that whoever owns the database does not own.
 */
@ApplicationScoped
class SealJob {
    private static final Logger LOG = Logger.getLogger(SealJob.class);

    private final Pool pool;
    private final SealStore store;
    private final SealConfig config;
    private final AtomicLong head;
    private final AtomicReference<@Nullable Horizon> horizon = new AtomicReference<>();

    SealJob(Pool pool, SealStore store, SealConfig config, MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.config = config;
        this.head = metrics.gauge("ledger.seal.head", new AtomicLong());
    }

    @Scheduled(every = "${quittance.seal.every:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return turn().onFailure()
                .invoke(failure -> LOG.warnf("outcome=sealed-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithItem(List.of())
                .replaceWithVoid();
    }

    /** What was sealed, and only after it was committed told. */
    Uni<List<Seal>> turn() {
        return pool.withTransaction(transaction -> store.tryToLead(transaction)
                        .chain(leads ->
                                leads ? seal(transaction) : Uni.createFrom().item(List.<Seal>of())))
                .invoke(seals -> seals.forEach(this::tell));
    }

    private Uni<List<Seal>> seal(SqlConnection transaction) {
        Horizon last = horizon.get();
        if (last == null) {
            return look(transaction, List.of());
        }
        return store.isSettled(transaction, last)
                .chain(settled -> settled
                        ? blocks(transaction, last, new ArrayList<>()).chain(seals -> look(transaction, seals))
                        : Uni.createFrom().item(List.of()));
    }

    /** Where the journal is now: what the next turn may seal up to. */
    private Uni<List<Seal>> look(SqlConnection transaction, List<Seal> seals) {
        return store.horizon(transaction).invoke(horizon::set).replaceWith(seals);
    }

    private Uni<List<Seal>> blocks(SqlConnection transaction, Horizon upTo, List<Seal> seals) {
        return store.seal(transaction, upTo.lastEntryId(), config.blockEntries())
                .chain(seal -> {
                    seal.ifPresent(seals::add);
                    return seal.isEmpty() || seals.size() >= config.blocks()
                            ? Uni.createFrom().item(seals)
                            : blocks(transaction, upTo, seals);
                });
    }

    private void tell(Seal seal) {
        head.set(seal.sealId());
        LOG.infof(
                "outcome=sealed seal=%d firstEntry=%d lastEntry=%d hash=%s",
                seal.sealId(), seal.firstEntryId(), seal.lastEntryId(), seal.hash());
    }
}
