package dev.quittance.voucher.batch;

import dev.quittance.voucher.batch.BatchOutcome.Accepted;
import dev.quittance.voucher.batch.BatchOutcome.Refused;
import dev.quittance.voucher.batch.BatchStore.Creation;
import dev.quittance.voucher.batch.BatchWorkStore.Made;
import dev.quittance.voucher.batch.ImportRules.ImportedCode;
import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.code.CodeDigests.Keyed;
import dev.quittance.voucher.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Takes codes that were made elsewhere into a batch of their own, in as many requests as it takes; a request is taken whole or not. */
@Singleton
final class ImportHandler {
    private final Pool pool;
    private final BatchStore store;
    private final BatchWorkStore work;
    private final CodeDigests digests;
    private final InstantSource clock;

    ImportHandler(Pool pool, BatchStore store, BatchWorkStore work, CodeDigests digests, InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.work = work;
        this.digests = digests;
        this.clock = clock;
    }

    Uni<BatchOutcome> take(String name, String channel, List<ImportedCode> codes, UUID actor) {
        return pool.withTransaction(transaction -> store.findImport(transaction, name)
                        .chain(found -> found.isPresent()
                                ? append(transaction, found.get(), codes, actor)
                                : begin(transaction, name, channel, actor)
                                        .chain(batch -> append(transaction, batch, codes, actor))))
                .onFailure(BatchStore::isNameTaken)
                .recoverWithItem(() -> new Refused(ErrorCode.BATCH_NAME_TAKEN, "choose another name"));
    }

    private Uni<Batch> begin(SqlConnection transaction, String name, String channel, UUID actor) {
        Batch batch = new Batch(
                UUID.randomUUID(),
                name,
                channel,
                "import",
                0,
                0,
                1,
                null,
                0,
                BatchStatus.GENERATED,
                0,
                0,
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                UUID.randomUUID());
        return store.create(transaction, new Creation(batch, null, null, actor.toString()))
                .chain(() -> store.findImport(transaction, name))
                .map(Optional::orElseThrow);
    }

    private Uni<BatchOutcome> append(SqlConnection transaction, Batch batch, List<ImportedCode> codes, UUID actor) {
        int size = batch.size() + codes.size();
        if (batch.status() != BatchStatus.GENERATED || size > NewBatch.SIZE_MAX) {
            return Uni.createFrom()
                    .item(new Refused(
                            ErrorCode.BATCH_NOT_READY, "it is " + batch.status().text() + " or full"));
        }
        List<Made> vouchers = IntStream.range(0, codes.size())
                .mapToObj(i -> made(batch.size() + i + 1, codes.get(i)))
                .toList();
        List<byte[]> candidates = codes.stream()
                .flatMap(code -> digests.candidates(Optional.of(code.code())).stream())
                .toList();
        Instant now = clock.instant();
        return work.isAnyKnown(transaction, candidates)
                .chain(known -> known
                        ? Uni.createFrom()
                                .item(new Refused(ErrorCode.REQUEST_INVALID, "some of the codes are here already"))
                        : work.make(transaction, batch, vouchers, now)
                                .chain(() -> work.grow(transaction, batch.id(), size, actor.toString(), now))
                                .chain(() -> store.findImport(transaction, batch.name()))
                                .map(grown -> new Accepted(grown.orElseThrow())));
    }

    private Made made(int unit, ImportedCode code) {
        Keyed digest = digests.digest(code.code());
        return new Made(
                unit,
                digest,
                code.code().lastFour(),
                code.term().months(),
                code.term().days());
    }
}
