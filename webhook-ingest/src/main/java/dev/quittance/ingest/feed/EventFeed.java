package dev.quittance.ingest.feed;

import dev.quittance.ingest.publish.Origin;
import dev.quittance.ingest.publish.PublishOutcome;
import dev.quittance.ingest.publish.StripeEventPublisher;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Publishes events in their order by the publisher that Stripe's own deliveries take, a bounded number at a time. */
@Singleton
public final class EventFeed {
    /** A tenth of what may be under way, so that Stripe's own deliveries find their place. */
    public static final int EVENTS_MAX = 100;

    private static final int BYTES_MAX = 2 * 1_024 * 1_024;

    private final StripeEventPublisher publisher;

    EventFeed(StripeEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** As many of the first as go at once: always one, whatever its size. */
    public static <T> List<T> fitting(List<T> events, java.util.function.ToIntFunction<T> bytes) {
        List<T> fitting = new ArrayList<>();
        int sum = 0;
        for (T event : events) {
            sum += bytes.applyAsInt(event);
            if (!fitting.isEmpty() && (sum > BYTES_MAX || fitting.size() == EVENTS_MAX)) {
                break;
            }
            fitting.add(event);
        }
        return fitting;
    }

    /** Whether the broker has all of them; if not, some may be there. */
    public Uni<Boolean> publish(List<FedEvent> events, Origin origin) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(true);
        }
        // Each send begins here and now, so their order is the list's.
        List<Uni<PublishOutcome>> outcomes = events.stream()
                .map(event -> publisher.publish(
                        event.destination(), event.envelope(), event.body(), origin, event.traceparent()))
                .toList();
        return Uni.join()
                .all(outcomes)
                .andFailFast()
                .map(all -> all.stream().allMatch(PublishOutcome.Acknowledged.class::isInstance));
    }
}
