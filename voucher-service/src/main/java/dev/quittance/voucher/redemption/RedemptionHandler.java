package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.messaging.outbox.OutboxEvent;
import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.config.VoucherConfig;
import dev.quittance.voucher.redemption.RedemptionOutcome.Redeemed;
import dev.quittance.voucher.redemption.RedemptionOutcome.Refused;
import dev.quittance.voucher.redemption.RedemptionOutcome.Repeated;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Redeems in one transaction: the voucher, the redemption, its audit, and the event that brings the time. */
@Singleton
final class RedemptionHandler {
    private static final int DIGEST_BYTES = 32;

    private final Pool pool;
    private final RedemptionStore store;
    private final CodeDigests digests;
    private final SecureRandom random;
    private final Outbox outbox;
    private final VoucherConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    RedemptionHandler(
            Pool pool,
            RedemptionStore store,
            CodeDigests digests,
            SecureRandom random,
            Outbox outbox,
            VoucherConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.digests = digests;
        this.random = random;
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** A command with everything that is computed of it once. */
    private record Attempt(RedeemVoucher command, List<byte[]> digests, List<byte[]> requestHashes) {}

    Uni<RedemptionOutcome> redeem(RedeemVoucher command) {
        Attempt attempt = new Attempt(
                command, digests.candidates(command.code()), digests.requests(command.code(), command.accountNumber()));
        return pool.withTransaction(transaction -> decide(transaction, attempt))
                .onFailure(RedemptionStore::isLate)
                // Under the same key, or of the same code for this account, one was redeemed just now: this rolled
                // back.
                .recoverWithUni(() -> pool.withTransaction(transaction -> decide(transaction, attempt)))
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .invoke(this::tell);
    }

    private Uni<RedemptionOutcome> decide(SqlConnection transaction, Attempt attempt) {
        return earlier(transaction, attempt)
                .chain(earlier ->
                        earlier.isPresent() ? Uni.createFrom().item(earlier.get()) : redeem(transaction, attempt));
    }

    private Uni<RedemptionOutcome> redeem(SqlConnection transaction, Attempt attempt) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return claim(transaction, attempt, now)
                .chain(voucher -> voucher.isPresent()
                        ? keep(transaction, attempt, voucher.get(), now)
                        : explain(transaction, attempt));
    }

    /** A voucher that is for one, or else one use of a code that is for many. */
    private Uni<Optional<Claimed>> claim(SqlConnection transaction, Attempt attempt, Instant now) {
        RedeemVoucher command = attempt.command();
        return locked(transaction, attempt, now).chain(voucher -> {
            if (voucher.isPresent()) {
                return Uni.createFrom().item(voucher);
            }
            byte[] useDigest = new byte[DIGEST_BYTES];
            random.nextBytes(useDigest);
            return store.takeOneUse(transaction, command, attempt.digests(), useDigest, now)
                    .chain(taken -> taken
                            ? store.redeem(transaction, command, List.of(useDigest), now)
                            : Uni.createFrom().item(Optional.empty()));
        });
    }

    /** Sent one behind the other: the update waits in Postgres for the lock, not here for its answer. */
    private Uni<Optional<Claimed>> locked(SqlConnection transaction, Attempt attempt, Instant now) {
        RedeemVoucher command = attempt.command();
        return Uni.combine()
                .all()
                .unis(
                        store.lockAccount(transaction, command),
                        store.redeem(transaction, command, attempt.digests(), now))
                .with((_, voucher) -> voucher);
    }

    private Uni<RedemptionOutcome> keep(SqlConnection transaction, Attempt attempt, Claimed voucher, Instant now) {
        RedeemVoucher command = attempt.command();
        return Uni.combine()
                .all()
                .unis(
                        store.keep(
                                transaction,
                                command,
                                voucher,
                                attempt.requestHashes().getFirst(),
                                now),
                        outbox.append(transaction, events(command, voucher, now)))
                .with((_, _) -> new Redeemed(RedemptionView.redeemed(
                        voucher.id(),
                        voucher.accountNumber(),
                        voucher.term().months(),
                        voucher.term().days(),
                        voucher.extension(),
                        now)));
    }

    /** Asks again for an earlier request: it may have been committed while this one waited for the voucher. */
    private Uni<RedemptionOutcome> explain(SqlConnection transaction, Attempt attempt) {
        return earlier(transaction, attempt)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(earlier.get())
                        : store.standing(transaction, attempt.command(), attempt.digests(), clock.instant())
                                .map(standing -> RedemptionRules.refusal(
                                        attempt.command().caller(), standing)));
    }

    private Uni<Optional<RedemptionOutcome>> earlier(SqlConnection transaction, Attempt attempt) {
        Optional<String> key = attempt.command().idempotencyKey();
        return key.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : store.earlier(transaction, attempt.command().caller(), key.get())
                        .map(found -> found.map(earlier -> RedemptionRules.repeated(earlier, attempt.requestHashes())));
    }

    private void tell(RedemptionOutcome outcome) {
        String result = switch (outcome) {
            case Redeemed _ -> "redeemed";
            case Repeated _ -> "repeated";
            case Refused refused -> refused.reason().name();
        };
        metrics.counter("voucher.redemptions", "outcome", result).increment();
        if (outcome instanceof Redeemed) {
            outbox.wake();
        }
    }

    /** Of a code that nobody bought, its first owner is told of together with its use: what is redeemed was issued. */
    private static List<OutboxEvent> events(RedeemVoucher command, Claimed voucher, Instant now) {
        @Nullable String trace = command.traceparent().orElse(null);
        OutboxEvent redeemed = OutboxEvent.of(
                new VoucherRedeemed(voucher.id(), command.caller(), voucher.accountNumber(), voucher.term(), now),
                "redeemed:" + voucher.id(),
                trace);
        if (voucher.isSold()) {
            return List.of(redeemed);
        }
        VoucherIssued issued = new VoucherIssued(
                voucher.id(),
                command.caller(),
                voucher.accountNumber(),
                voucher.anchor(),
                voucher.unit(),
                voucher.term(),
                now);
        return List.of(OutboxEvent.of(issued, "voucher:" + voucher.anchor() + ":" + voucher.unit(), trace), redeemed);
    }
}
