package dev.quittance.messaging.inbox;

import java.util.Comparator;
import java.util.Objects;

/**
 * What makes two deliveries the same event.
 *
 * @param account Stripe's connected account, empty for the platform's own and for our own events
 */
public record EventId(String account, String id) implements Comparable<EventId> {
    private static final Comparator<EventId> ORDER =
            Comparator.comparing(EventId::id).thenComparing(EventId::account);

    public EventId {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
    }

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }
}
