package dev.quittance.messaging.outbox;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.event.EventCodec;
import dev.quittance.messaging.config.DeliveryConfig;
import dev.quittance.messaging.relay.OutboxRelay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a transaction leaves what the other services must hear of. */
@ApplicationScoped
public class Outbox {
    private final OutboxStore store;
    private final OutboxRelay relay;

    public Outbox(DeliveryConfig config, OutboxRelay relay) {
        this.store = new OutboxStore(config.schema());
        this.relay = relay;
    }

    /** Writes the events with the transaction. Call {@link #wake()} once it is committed. */
    public Uni<Void> append(SqlConnection transaction, List<OutboxEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : store.insert(transaction, events.stream().map(Outbox::row).toList());
    }

    /** Tells the relay that there may be something new; it would find it by itself, a little later. */
    public void wake() {
        relay.wake();
    }

    private static OutboxStore.Row row(OutboxEvent outgoing) {
        DomainEvent event = outgoing.event();
        @Nullable String traceparent = outgoing.traceparent();
        return new OutboxStore.Row(
                0,
                outgoing.id(),
                event.topic(),
                event.key(),
                event.type(),
                EventCodec.write(event),
                traceparent,
                event.occurredAt());
    }
}
