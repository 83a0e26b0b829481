package dev.quittance.messaging.inbox;

import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.deadletter.DeadLetters;
import dev.quittance.messaging.outbox.Outbox;
import dev.quittance.telemetry.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Makes a service's inbox: one for all the topics that it reads, so that an event of one may release an event of another. */
@ApplicationScoped
public class Inboxes {
    private static final Logger LOG = Logger.getLogger(Inboxes.class);
    /** What is not applied by then is applied again elsewhere. */
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

    private final Pool pool;
    private final DeliveryConfig config;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Ages ages;
    private final Tracing tracing;
    private final List<Lane<?>> lanes = new CopyOnWriteArrayList<>();

    public Inboxes(
            Pool pool,
            DeliveryConfig config,
            DeadLetters deadLetters,
            Outbox outbox,
            MeterRegistry metrics,
            Tracing tracing) {
        this.pool = pool;
        this.config = config;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.metrics = metrics;
        this.tracing = tracing;
        this.ages = new Ages(metrics);
    }

    public <F> Inbox<F> inbox(BatchHandler<F> handler) {
        return new Inbox<>(pool, config, handler, deadLetters, outbox, metrics, ages, tracing, lanes::add);
    }

    /** Before the pool closes: what was taken is applied, so that a release in the middle of the day has little to do again. */
    void drain(@Observes ShutdownEvent shutdown) {
        CompletableFuture<?>[] last = lanes.stream().map(Lane::close).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(last).get(DRAIN_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("outcome=not_drained errorCode=%s", e.getClass().getSimpleName());
        }
    }
}
