package dev.quittance.provisioning.supabase;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.loop.Backoff;
import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.provisioning.config.IdentityConfig;
import dev.quittance.provisioning.supabase.AuthUserStore.Leased;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has Supabase make the users that purchases wait for. What fails is tried again, later each time, for ever. */
@ApplicationScoped
public class AuthUserJob {
    private static final Logger LOG = Logger.getLogger(AuthUserJob.class);
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);

    private final IdentityConfig config;
    private final AuthUserStore store;
    private final AuthUserHandler handler;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Optional<AuthAdmin> admin;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Backoff backoff;
    private final Loop loop;

    AuthUserJob(
            IdentityConfig config,
            AuthUserStore store,
            AuthUserHandler handler,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry metrics) {
        this.config = requireNonNull(config, "config is null");
        this.store = requireNonNull(store, "store is null");
        this.handler = requireNonNull(handler, "handler is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.backoff = new Backoff(BACKOFF_MIN, config.backoffMax());
        this.loop = new Loop(requireNonNull(vertx, "vertx is null"), "auth-users-wait", Pace.idling(config.idle()));
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.admin = config.backend() == IdentityConfig.Backend.SUPABASE
                ? Optional.of(new AuthAdmin(
                        config.supabaseUrl().orElseThrow(() -> missing("supabase-url")),
                        config.supabaseServiceKey().orElseThrow(() -> missing("supabase-service-key")),
                        config.timeout()))
                : Optional.empty();
    }

    private static IllegalStateException missing(String key) {
        return new IllegalStateException("quittance.identity." + key + " is needed by the backend supabase");
    }

    void start(@Observes StartupEvent event) {
        if (admin.isPresent()) {
            loop.start(this::turn);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
        threads.shutdownNow();
    }

    private Uni<Boolean> turn() {
        return store.lease(clock.instant(), clock.instant().plus(config.lease()), config.batch())
                .chain(leased -> Loop.oneByOne(leased, this::make));
    }

    private Uni<Void> make(Leased request) {
        return Uni.createFrom()
                .item(() -> admin.orElseThrow().ensure(request.email()))
                .runSubscriptionOn(threads)
                .chain(userId -> handler.arrived(request.email(), userId))
                .invoke(() -> metrics.counter("auth.users.made").increment())
                .onFailure(AuthAdmin.NotNow.class)
                .recoverWithUni(failure -> postpone(request, failure));
    }

    private Uni<Void> postpone(Leased request, Throwable failure) {
        @Nullable String code = failure.getMessage();
        metrics.counter("auth.users.failed", "reason", String.valueOf(code)).increment();
        LOG.warnf("outcome=auth-user-later errorCode=%s", code);
        return store.postpone(request.email(), clock.instant().plus(backoff.after(request.attempts())));
    }
}
