package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.loop.Backoff;
import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.provisioning.sync.SyncStore.Leased;
import dev.quittance.provisioning.sync.SyncStore.ToTell;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

    private final SyncStore store;
    private final StripeCustomers stripe;
    private final StripeConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Backoff backoff;
    private final Loop loop;

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
        this.clock = requireNonNull(clock, "clock is null");
        this.backoff = new Backoff(config.pushLease(), config.pushBackoffMax());
        this.loop = new Loop(requireNonNull(vertx, "vertx is null"), "pushes-wait", Pace.idling(config.pushIdle()));
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    void start(@Observes StartupEvent event) {
        if (stripe.isConfigured()) {
            loop.start(this::turn);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private Uni<Boolean> turn() {
        return store.lease(clock.instant(), clock.instant().plus(config.pushLease()), config.pushBatch())
                .chain(leased -> Loop.oneByOne(leased, this::tell));
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
        return store.postpone(change, clock.instant().plus(backoff.after(change.attempts())));
    }
}
