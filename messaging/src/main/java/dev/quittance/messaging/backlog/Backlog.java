package dev.quittance.messaging.backlog;

import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.outbox.OutboxStore;
import dev.quittance.messaging.parked.ParkedStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads every few seconds how much waits in the slice. Every pod reads the same tables: alerts take the highest, not the sum.
 * While Postgres does not answer the gauges stand still, and {@code inbox.oldest.age} tells.
 */
@ApplicationScoped
public class Backlog {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final String SECONDS = "seconds";

    private final Pool pool;
    private final OutboxStore outbox;
    private final ParkedStore parked;
    private final AtomicLong outboxCount = new AtomicLong();
    private final AtomicLong outboxAgeSeconds = new AtomicLong();
    private final AtomicLong parkedCount = new AtomicLong();
    private final AtomicLong parkedAgeSeconds = new AtomicLong();
    private final Loop loop;

    public Backlog(Pool pool, Vertx vertx, DeliveryConfig config, MeterRegistry metrics) {
        this.pool = pool;
        this.outbox = new OutboxStore(config.schema());
        this.parked = new ParkedStore(config.schema(), config.group());
        this.loop = new Loop(vertx, "backlog-unread", Pace.idling(EVERY));
        Gauge.builder("outbox.pending", outboxCount, AtomicLong::get)
                .description("events that wait to be sent, up to ten thousand")
                .register(metrics);
        Gauge.builder("outbox.oldest.age", outboxAgeSeconds, AtomicLong::get)
                .baseUnit(SECONDS)
                .description("how long the oldest of them has waited")
                .register(metrics);
        Gauge.builder("parked.pending", parkedCount, AtomicLong::get)
                .description("events that wait for something that has not come yet, up to ten thousand")
                .register(metrics);
        Gauge.builder("parked.oldest.age", parkedAgeSeconds, AtomicLong::get)
                .baseUnit(SECONDS)
                .description("how long the oldest of them has waited")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        loop.start(() -> look().replaceWith(false));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Reads both tables once. */
    Uni<Void> look() {
        return pool.withConnection(sql -> outbox.pending(sql)
                .invoke(found -> {
                    outboxCount.set(found.count());
                    outboxAgeSeconds.set(found.oldestSeconds());
                })
                .chain(() -> parked.waiting(sql))
                .invoke(found -> {
                    parkedCount.set(found.count());
                    parkedAgeSeconds.set(found.oldestSeconds());
                })
                .replaceWithVoid());
    }
}
