package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.sync.SyncStore.Leased;
import dev.quittance.provisioning.sync.SyncStore.ToTell;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells Stripe what users changed of themselves. What comes back as an event is Stripe's word, which nobody tells again: so the two
 * sides never answer each other for ever.
 */
@ApplicationScoped
public class PushJob {
    private static final Logger LOG = Logger.getLogger(PushJob.class);
    private static final int DOUBLINGS_MAX = 10;

    private final SyncStore store;
    private final StripeCustomers stripe;
    private final StripeConfig config;
    private final Vertx vertx;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private volatile boolean running;

    PushJob(
            SyncStore store,
            StripeCustomers stripe,
            StripeConfig config,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry metrics) {
        this.store = requireNonNull(store, "store is null");
        this.stripe = requireNonNull(stripe, "stripe is null");
        this.config = requireNonNull(config, "config is null");
        this.vertx = requireNonNull(vertx, "vertx is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    void start(@Observes StartupEvent event) {
        running = stripe.isConfigured();
        turnAfter(1);
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    private void turnAfter(long delayMs) {
        if (running) {
            // The loop's one subscription: it ends in the next turn, whatever comes of this one.
            vertx.setTimer(
                    delayMs,
                    _ -> turn().subscribe()
                            .with(
                                    count -> turnAfter(
                                            count > 0 ? 1 : config.pushIdle().toMillis()),
                                    this::later));
        }
    }

    private void later(Throwable failure) {
        LOG.warnf("outcome=pushes-wait errorCode=%s", failure.getClass().getSimpleName());
        turnAfter(config.pushIdle().toMillis());
    }

    private Uni<Integer> turn() {
        return store.lease(clock.instant(), clock.instant().plus(config.pushLease()), config.pushBatch())
                .chain(leased -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (Leased change : leased) {
                        all = all.chain(() -> tell(change));
                    }
                    return all.replaceWith(leased.size());
                });
    }

    private Uni<Void> tell(Leased change) {
        return store.toTell(change)
                .chain(this::tellAll)
                .chain(() -> store.done(change))
                .onFailure(StripeCalls.NotNow.class)
                .recoverWithUni(failure -> postpone(change, failure));
    }

    private Uni<Void> tellAll(List<ToTell> all) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ToTell one : all) {
            told = told.chain(() -> stripe.update(one.customer(), one.contact()))
                    .invoke(() -> metrics.counter("customers.pushed").increment());
        }
        return told;
    }

    private Uni<Void> postpone(Leased change, Throwable failure) {
        LOG.warnf("outcome=push-later errorCode=%s", failure.getMessage());
        Duration pause = config.pushLease().multipliedBy(1L << Math.min(change.attempts() - 1, DOUBLINGS_MAX));
        Duration bounded = pause.compareTo(config.pushBackoffMax()) > 0 ? config.pushBackoffMax() : pause;
        return store.postpone(change, clock.instant().plus(bounded));
    }
}
