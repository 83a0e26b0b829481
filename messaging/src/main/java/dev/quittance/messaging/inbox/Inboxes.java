package dev.quittance.messaging.inbox;

import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.deadletter.DeadLetters;
import dev.quittance.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a service's inbox: one for all the topics that it reads, so that an event of one may release an event of another. */
@ApplicationScoped
public class Inboxes {
    private final Pool pool;
    private final DeliveryConfig config;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Ages ages;

    public Inboxes(Pool pool, DeliveryConfig config, DeadLetters deadLetters, Outbox outbox, MeterRegistry metrics) {
        this.pool = pool;
        this.config = config;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.metrics = metrics;
        this.ages = new Ages(metrics);
    }

    public <F> Inbox<F> inbox(BatchHandler<F> handler) {
        return new Inbox<>(pool, config, handler, deadLetters, outbox, metrics, ages);
    }
}
