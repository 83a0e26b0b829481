package dev.quittance.voucher.batch;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.voucher.batch.BatchWorkStore.Made;
import dev.quittance.voucher.batch.BatchWorkStore.Work;
import dev.quittance.voucher.code.BatchKey;
import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.code.VoucherCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Makes, activates and voids the codes of batches, chunk by chunk. Killed in the middle, it goes on at the last chunk. */
@ApplicationScoped
class BatchJob {
    private static final Logger LOG = Logger.getLogger(BatchJob.class);

    private final Pool pool;
    private final BatchWorkStore store;
    private final CodeSeal seal;
    private final CodeDigests digests;
    private final BatchConfig config;
    private final InstantSource clock;
    private final Counter made;

    BatchJob(
            Pool pool,
            BatchWorkStore store,
            CodeSeal seal,
            CodeDigests digests,
            BatchConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.seal = seal;
        this.digests = digests;
        this.config = config;
        this.clock = clock;
        this.made = metrics.counter("voucher.batch.made");
    }

    /** Works until there is nothing left to do; what fails is tried again the next time. */
    @Scheduled(every = "${quittance.voucher.batch.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.withTransaction(this::step))
                .whilst(Boolean::booleanValue)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=batch-waits errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** One chunk of the oldest batch that waits; whether there was one. */
    private Uni<Boolean> step(SqlConnection transaction) {
        return store.take(transaction)
                .chain(work -> work.isEmpty()
                        ? Uni.createFrom().item(false)
                        : step(transaction, work.get()).replaceWith(true));
    }

    private Uni<Void> step(SqlConnection transaction, Work work) {
        Batch batch = work.batch();
        int to = Math.min(batch.size(), batch.progress() + config.chunk());
        Uni<Void> done = switch (batch.status()) {
            case GENERATING -> make(transaction, work, to);
            case ACTIVATING -> store.turn(transaction, batch, to, "active", List.of("generated"));
            case VOIDING -> store.turn(transaction, batch, to, "void", List.of("generated", "active"));
            case GENERATED, ACTIVE, VOID -> Uni.createFrom().voidItem();
        };
        return done.chain(() -> store.advance(transaction, batch, to, clock.instant()));
    }

    private Uni<Void> make(SqlConnection transaction, Work work, int to) {
        Batch batch = work.batch();
        BatchKey key = seal.openBatchKey(
                Objects.requireNonNull(work.sealedKey(), "a batch that is being made has its key"),
                Objects.requireNonNull(work.keyId(), "a kept key says what sealed it"),
                batch.id());
        List<Made> vouchers = IntStream.rangeClosed(batch.progress() + 1, to)
                .mapToObj(unit -> made(batch, key, unit))
                .toList();
        return store.make(transaction, batch, vouchers, clock.instant()).invoke(() -> made.increment(vouchers.size()));
    }

    private Made made(Batch batch, BatchKey key, int unit) {
        VoucherCode code = key.code(unit);
        return new Made(unit, digests.digest(code), code.lastFour(), batch.months(), batch.days());
    }
}
