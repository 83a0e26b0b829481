package dev.quittance.ingest.trace;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log that is asked about.
 *
 * @param keys ids by which a purchase may be known: the object's, the payment intent's, the subscription's
 */
public record Traced(String account, String eventId, boolean isSetAside, List<String> keys) {
    public Traced {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(eventId, "eventId is null");
        keys = List.copyOf(keys);
    }

    public static Traced of(String account, String eventId, boolean isSetAside, @Nullable String... keys) {
        return new Traced(
                account,
                eventId,
                isSetAside,
                Stream.of(keys).filter(Objects::nonNull).distinct().toList());
    }

    static List<Question> keysOf(Collection<Traced> events) {
        return events.stream()
                .flatMap(event -> event.keys().stream().map(key -> new Question(event.account(), key)))
                .distinct()
                .toList();
    }

    Question question() {
        return new Question(account, eventId);
    }

    /** An id, and whose. */
    public record Question(String account, String id) {}
}
