package dev.quittance.voucher.guessing;

import dev.quittance.foundation.failure.Failures;
import dev.quittance.voucher.code.CodeDigests;
import dev.quittance.voucher.guessing.GuessRules.Limits;
import dev.quittance.voucher.guessing.GuessRules.Refusal;
import dev.quittance.voucher.guessing.GuessVerdict.Admitted;
import dev.quittance.voucher.guessing.GuessVerdict.Limited;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Lets attempts in, or not. Counts in Redis, and in Postgres while Redis does not answer: then the counts begin anew, and
 * nobody is let in uncounted.
 */
@ApplicationScoped
public class GuessGuard {
    private static final Logger LOG = Logger.getLogger(GuessGuard.class);

    private final RedisCounters redis;
    private final GuessStore postgres;
    private final CodeDigests digests;
    private final GuessingConfig config;
    private final Limits limits;
    private final MeterRegistry metrics;
    private final Counter alerts;
    private final AtomicLong redisRestsUntil = new AtomicLong(System.nanoTime());

    GuessGuard(
            RedisCounters redis,
            GuessStore postgres,
            CodeDigests digests,
            GuessingConfig config,
            MeterRegistry metrics) {
        this.redis = redis;
        this.postgres = postgres;
        this.digests = digests;
        this.config = config;
        this.limits = new Limits(
                config.perAccount(),
                config.perAddress(),
                config.globalAttempts(),
                config.globalFailuresPercent(),
                config.tightening());
        this.metrics = metrics;
        this.alerts = metrics.counter("voucher.guessing.alerts");
        for (GuessRules.Bucket bucket : GuessRules.Bucket.values()) {
            metrics.counter("voucher.guessing.limited", "bucket", bucket.name(), "tight", "false");
        }
    }

    /** Counts an attempt. To be asked before anything of the code is looked at. */
    public Uni<GuessVerdict> admit(UUID caller, String address) {
        GuessTicket ticket = new GuessTicket(
                "account:" + digests.bucket(caller.toString()),
                "address:" + digests.bucket(GuessRules.network(address)));
        return counters(counters -> counters.count(ticket)).map(counts -> verdict(ticket, counts));
    }

    /** The attempt was none: what was asked for was right, or known to who asked. */
    public Uni<Void> forgive(GuessTicket ticket) {
        return counters(counters -> counters.forgive(ticket));
    }

    /** The attempt came to nothing. */
    public Uni<Void> failed() {
        return counters(GuessCounters::failed);
    }

    @Scheduled(every = "10m", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return postgres.forget()
                .onFailure()
                .invoke(failure -> LOG.warnf("outcome=not-forgotten errorCode=%s", Failures.code(failure)))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }

    private GuessVerdict verdict(GuessTicket ticket, Counts counts) {
        boolean isTight = GuessRules.isTight(counts, limits);
        if (isTight) {
            alerts.increment();
        }
        Optional<Refusal> refusal = GuessRules.refusal(counts, limits);
        refusal.ifPresent(limited -> metrics.counter(
                        "voucher.guessing.limited",
                        "bucket",
                        limited.bucket().name(),
                        "tight",
                        Boolean.toString(isTight))
                .increment());
        return refusal.<GuessVerdict>map(limited -> new Limited(atLeastASecond(limited.retryAfter())))
                .orElseGet(() -> new Admitted(ticket));
    }

    private <T> Uni<T> counters(Function<GuessCounters, Uni<T>> work) {
        if (System.nanoTime() - redisRestsUntil.get() < 0) {
            return work.apply(postgres);
        }
        return Uni.createFrom().deferred(() -> work.apply(redis)).onFailure().recoverWithUni(failure -> {
            redisRestsUntil.set(System.nanoTime() + config.redisPause().toNanos());
            metrics.counter("voucher.guessing.redis.away").increment();
            LOG.warnf("outcome=without-redis errorCode=%s", failure.getClass().getSimpleName());
            return work.apply(postgres);
        });
    }

    private static Duration atLeastASecond(Duration left) {
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
