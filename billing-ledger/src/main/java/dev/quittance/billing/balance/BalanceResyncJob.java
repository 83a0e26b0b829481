package dev.quittance.billing.balance;

import dev.quittance.billing.balance.BalanceStore.OwnedBalance;
import dev.quittance.foundation.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Compares what Redis has with what is booked, and mends it. It writes as everybody does, by compare-and-set: what is booked
 * while it runs is never put back. Only what claims to be newer than the books is forgotten.
 */
@ApplicationScoped
class BalanceResyncJob {
    private static final Logger LOG = Logger.getLogger(BalanceResyncJob.class);

    private final BalanceStore store;
    private final BalanceCache cache;
    private final BalanceConfig config;
    private final AtomicLong drift;

    BalanceResyncJob(BalanceStore store, BalanceCache cache, BalanceConfig config, MeterRegistry metrics) {
        this.store = store;
        this.cache = cache;
        this.config = config;
        this.drift = metrics.gauge("balances.drift", new AtomicLong());
    }

    /**
     * What a run found.
     *
     * @param checked balances that were booked
     * @param stale of them older in Redis; some of those were on their way
     * @param wrong of them another amount for the same version, or a version that was never booked
     */
    record Found(long checked, long stale, long wrong) {}

    private static final class Counts {
        final LongAdder checked = new LongAdder();
        final LongAdder stale = new LongAdder();
        final LongAdder wrong = new LongAdder();
    }

    @Scheduled(
            every = "${quittance.balance.resync-every:15m}",
            delayed = "${quittance.balance.resync-every:15m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everySoOften() {
        return run().onFailure()
                .invoke(failure -> LOG.warnf("outcome=resynced-later errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Fails when Redis is away; there is nothing to mend then. */
    Uni<Found> run() {
        Counts counts = new Counts();
        return pages(0, counts)
                .map(_ -> new Found(counts.checked.sum(), counts.stale.sum(), counts.wrong.sum()))
                .invoke(found -> drift.set(found.stale() + found.wrong()));
    }

    private Uni<Boolean> pages(long after, Counts counts) {
        return store.page(after, config.resyncPage()).chain(page -> {
            if (page.isEmpty()) {
                return Uni.createFrom().item(true);
            }
            return Multi.createFrom()
                    .iterable(page)
                    .onItem()
                    .transformToUni(balance -> compare(balance, counts).replaceWith(true))
                    .merge(config.cacheConcurrency())
                    .collect()
                    .last()
                    .chain(() -> pages(page.getLast().accountId(), counts));
        });
    }

    private Uni<Void> compare(OwnedBalance booked, Counts counts) {
        counts.checked.increment();
        UnitBalance here = booked.balance();
        return cache.peek(booked.userId(), here.unit()).chain(kept -> {
            if (kept.isEmpty() || kept.get().equals(here)) {
                return Uni.createFrom().voidItem();
            }
            if (kept.get().seq() > here.seq()) {
                return forgetWhatWasNeverBooked(booked, kept.get(), counts);
            }
            (kept.get().seq() < here.seq() ? counts.stale : counts.wrong).increment();
            return cache.write(booked.userId(), List.of(here), false);
        });
    }

    /** It may have been booked after the page was read. */
    private Uni<Void> forgetWhatWasNeverBooked(OwnedBalance booked, UnitBalance kept, Counts counts) {
        return store.ofUser(booked.userId()).chain(now -> {
            boolean isBooked =
                    now.stream().anyMatch(balance -> balance.unit().equals(kept.unit()) && balance.seq() >= kept.seq());
            if (isBooked) {
                return Uni.createFrom().voidItem();
            }
            counts.wrong.increment();
            return cache.forget(booked.userId());
        });
    }
}
