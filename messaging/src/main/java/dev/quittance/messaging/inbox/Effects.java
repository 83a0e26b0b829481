package dev.quittance.messaging.inbox;

import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.messaging.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What applying a batch led to, beside the handler's own tables. Written by the inbox in the same transaction. */
public final class Effects {
    private final List<OutboxEvent> events = new ArrayList<>();
    private final Map<EventId, Parked> parked = new LinkedHashMap<>();
    private final Set<String> arrived = new LinkedHashSet<>();

    /** An event that waits, and for what. */
    record Parked(Incoming incoming, String waitsFor, String reason) {}

    /**
     * Tells the other services.
     *
     * @param businessKey what makes this event the only one of its type, such as {@code voucher:{anchor}:{n}}: the event's
     *     id is made from it, so that even a repeated decision is one event to its readers
     */
    public void emit(Incoming cause, DomainEvent event, String businessKey) {
        events.add(OutboxEvent.of(event, businessKey, cause.traceparent()));
    }

    /**
     * Sets an event aside until {@link #arrived} names what it waits for, which may be in this very batch.
     *
     * @param waitsFor the subject, such as {@code identity:cs_1}
     * @param reason a stable code for people
     */
    public void park(Incoming waiting, String waitsFor, String reason) {
        parked.put(waiting.id(), new Parked(waiting, waitsFor, reason));
    }

    /** Something is there now; whatever waits for it is applied next, in the same transaction. */
    public void arrived(String subject) {
        arrived.add(subject);
    }

    List<OutboxEvent> events() {
        return events;
    }

    Map<EventId, Parked> parked() {
        return parked;
    }

    Set<String> arrived() {
        return arrived;
    }
}
