package dev.quittance.voucher.batch;

import dev.quittance.voucher.batch.BatchOutcome.Accepted;
import dev.quittance.voucher.batch.BatchOutcome.Downloaded;
import dev.quittance.voucher.batch.BatchOutcome.Refused;
import dev.quittance.voucher.batch.BatchStore.Creation;
import dev.quittance.voucher.batch.BatchStore.TakenPart;
import dev.quittance.voucher.code.BatchKey;
import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Takes operators' orders; the work itself is the job's. */
@Singleton
final class BatchHandler {
    private final Pool pool;
    private final BatchStore store;
    private final CodeSeal seal;
    private final ExportKey signer;
    private final SecureRandom random;
    private final BatchConfig config;
    private final InstantSource clock;

    BatchHandler(
            Pool pool,
            BatchStore store,
            CodeSeal seal,
            ExportKey signer,
            SecureRandom random,
            BatchConfig config,
            InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.seal = seal;
        this.signer = signer;
        this.random = random;
        this.config = config;
        this.clock = clock;
    }

    Uni<BatchOutcome> create(NewBatch.Asked asked, UUID actor) {
        UUID id = UUID.randomUUID();
        int parts = (asked.size() + config.downloadPart() - 1) / config.downloadPart();
        Batch batch = new Batch(
                id,
                asked.name(),
                asked.channel(),
                "batch",
                asked.term().months(),
                asked.term().days(),
                asked.uses(),
                asked.expiresAt(),
                asked.size(),
                BatchStatus.GENERATING,
                0,
                parts,
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                UUID.randomUUID());
        byte[] key = seal.seal(BatchKey.random(random), id);
        return store.create(pool, new Creation(batch, key, seal.keyId(), actor.toString()))
                .chain(() -> accepted(id))
                .onFailure(BatchStore::isNameTaken)
                .recoverWithItem(() -> new Refused(ErrorCode.BATCH_NAME_TAKEN, "choose another name"));
    }

    Uni<BatchOutcome> begin(UUID id, BatchStatus work, UUID actor) {
        return found(
                id,
                batch -> batch.status() == work || batch.status() == work.finished()
                        ? Uni.createFrom().item(new Accepted(batch))
                        : store.begin(id, work, before(work), actor.toString(), clock.instant())
                                .chain(begun -> begun
                                        ? accepted(id)
                                        : Uni.createFrom()
                                                .item(new Refused(
                                                        ErrorCode.BATCH_NOT_READY,
                                                        "it is "
                                                                + batch.status().text()))));
    }

    /** Counted as downloaded before it goes out: what is lost on the way cannot be had again, only voided. */
    Uni<BatchOutcome> download(UUID id, PublicKey recipient, UUID actor) {
        return found(id, batch -> {
            if (batch.status() == BatchStatus.GENERATING) {
                return Uni.createFrom().item(new Refused(ErrorCode.BATCH_NOT_READY, "it is generating"));
            }
            return store.takePart(id, actor.toString(), clock.instant())
                    .chain(taken -> taken.isEmpty()
                            ? Uni.createFrom().item(new Refused(ErrorCode.BATCH_DOWNLOADED, "every part was"))
                            // Signing and encrypting a part takes longer than an event loop may be held up.
                            : Uni.createFrom()
                                    .<BatchOutcome>item(() -> part(batch, taken.get(), recipient))
                                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
        });
    }

    Uni<BatchOutcome> found(UUID id, Function<Batch, Uni<BatchOutcome>> work) {
        return store.find(id)
                .chain(batch -> batch.isEmpty()
                        ? Uni.createFrom().item(new Refused(ErrorCode.BATCH_NOT_FOUND, "no batch has this id"))
                        : work.apply(batch.get()));
    }

    private Uni<BatchOutcome> accepted(UUID id) {
        return found(id, batch -> Uni.createFrom().item(new Accepted(batch)));
    }

    private Downloaded part(Batch batch, TakenPart taken, PublicKey recipient) {
        BatchKey key = seal.openBatchKey(taken.sealedKey(), taken.keyId(), batch.id());
        int from = (taken.part() - 1) * config.downloadPart() + 1;
        int to = Math.min(batch.size(), taken.part() * config.downloadPart());
        StringBuilder csv = new StringBuilder("unit,code,months,days,uses\n");
        for (int unit = from; unit <= to; unit++) {
            csv.append(unit)
                    .append(',')
                    .append(key.code(unit).formatted())
                    .append(',')
                    .append(batch.months())
                    .append(',')
                    .append(batch.days())
                    .append(',')
                    .append(batch.uses())
                    .append('\n');
        }
        return new Downloaded(
                Export.signedAndEncrypted(csv.toString(), signer, recipient), taken.part(), batch.parts());
    }

    private static List<BatchStatus> before(BatchStatus work) {
        return switch (work) {
            case ACTIVATING -> List.of(BatchStatus.GENERATED);
            case VOIDING -> List.of(BatchStatus.GENERATED, BatchStatus.ACTIVATING, BatchStatus.ACTIVE);
            case GENERATING, GENERATED, ACTIVE, VOID -> List.of();
        };
    }
}
