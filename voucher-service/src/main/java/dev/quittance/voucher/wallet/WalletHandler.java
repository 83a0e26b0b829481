package dev.quittance.voucher.wallet;

import dev.quittance.voucher.code.CodeSeal;
import dev.quittance.voucher.config.VoucherConfig;
import dev.quittance.voucher.wallet.RevealOutcome.AlreadyRevealed;
import dev.quittance.voucher.wallet.RevealOutcome.NotFound;
import dev.quittance.voucher.wallet.RevealOutcome.Revealed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists, and hands a code out: erased in the transaction that opened it, so that a second request finds nothing. */
@Singleton
final class WalletHandler {
    private final Pool pool;
    private final WalletStore store;
    private final CodeSeal seal;
    private final VoucherConfig config;
    private final InstantSource clock;

    WalletHandler(Pool pool, WalletStore store, CodeSeal seal, VoucherConfig config, InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.seal = seal;
        this.config = config;
        this.clock = clock;
    }

    Uni<WalletPageView> page(UUID owner, @Nullable UUID after) {
        return store.list(owner, after, config.pageSize() + 1)
                .map(found -> WalletPageView.of(found, config.pageSize()))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail();
    }

    Uni<RevealOutcome> reveal(UUID voucherId, UUID owner) {
        return pool.withTransaction(transaction -> reveal(transaction, voucherId, owner))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail();
    }

    private Uni<RevealOutcome> reveal(SqlConnection transaction, UUID voucherId, UUID owner) {
        return store.takeSealedCode(transaction, voucherId, owner, clock.instant())
                .chain(taken -> taken.isPresent()
                        // A failure to open rolls the erasure back.
                        ? Uni.createFrom()
                                .item(() -> new Revealed(seal.open(
                                        taken.get().sealed(), taken.get().keyId(), voucherId)))
                        : store.isOwned(transaction, voucherId, owner)
                                .map(owned -> owned ? new AlreadyRevealed() : new NotFound()));
    }
}
