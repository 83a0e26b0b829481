package dev.quittance.messaging.outbox;

import dev.quittance.contracts.event.DomainEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event on its way to the outbox. */
public record OutboxEvent(
        UUID id, DomainEvent event, @Nullable String traceparent) {
    public OutboxEvent {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(event, "event is null");
    }

    /** An event whose id follows from what it tells, so that telling it twice is still one event. */
    public static OutboxEvent of(DomainEvent event, String businessKey, @Nullable String traceparent) {
        String name = event.type() + ":" + businessKey;
        return new OutboxEvent(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), event, traceparent);
    }
}
