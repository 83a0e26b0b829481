package dev.quittance.voucher.redemption;

import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherTerm;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Redeems in one transaction: the voucher, the redemption, its audit, and the event that brings the time. */
@Singleton
final class RedemptionHandler {
    private final Pool pool;
    private final RedemptionStore store;
    private final CodeDigests digests;
    private final Outbox outbox;
    private final VoucherConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    RedemptionHandler(
            Pool pool,
            RedemptionStore store,
            CodeDigests digests,
            Outbox outbox,
            VoucherConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.store = store;
        this.digests = digests;
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
                .onFailure(RedemptionStore::isKeyTaken)
                // Under the same key another voucher was redeemed just now: this one rolled back, and that one answers.
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
        Instant now = clock.instant();
        return store.redeem(
                        transaction,
                        attempt.command(),
                        attempt.digests(),
                        attempt.requestHashes().getFirst(),
                        now)
                .chain(view -> view.isPresent()
                        ? outbox.append(transaction, List.of(event(attempt.command(), view.get(), now)))
                                .replaceWith(new Redeemed(view.get()))
                        : explain(transaction, attempt));
    }

    /** Asks again for an earlier request: it may have been committed while this one waited for the voucher. */
    private Uni<RedemptionOutcome> explain(SqlConnection transaction, Attempt attempt) {
        return earlier(transaction, attempt)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(earlier.get())
                        : store.standing(transaction, attempt.digests())
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

    private static OutboxEvent event(RedeemVoucher command, RedemptionView view, Instant now) {
        VoucherRedeemed event = new VoucherRedeemed(
                view.voucherId(),
                command.caller(),
                view.accountNumber(),
                new VoucherTerm(view.months(), view.days()),
                now);
        return OutboxEvent.of(
                event, "redeemed:" + view.voucherId(), command.traceparent().orElse(null));
    }
}
