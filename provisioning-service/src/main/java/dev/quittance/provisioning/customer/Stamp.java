package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When and by what Stripe said something, as a text that sorts. Stripe's seconds are no proof of order, so an update counts as
 * later than a creation of the same second, and between two updates the event's id decides: arbitrarily, but always alike.
 */
public record Stamp(String text) implements Comparable<Stamp> {
    private static final char TYPED = '0';
    private static final char STATED = '1';

    public Stamp {
        requireNonNull(text, "text is null");
    }

    /** What a buyer typed into a checkout: good until Stripe states it of the customer. */
    public static Stamp typed(Optional<Instant> at, String eventId) {
        return of(TYPED, at, 0, eventId);
    }

    /** What Stripe states of a customer. */
    public static Stamp stated(Optional<Instant> at, boolean isUpdate, String eventId) {
        return of(STATED, at, isUpdate ? 1 : 0, eventId);
    }

    public static @Nullable Stamp ofNullable(@Nullable String text) {
        return text == null ? null : new Stamp(text);
    }

    private static Stamp of(char trust, Optional<Instant> at, int rank, String eventId) {
        long second = at.map(Instant::getEpochSecond).orElse(0L);
        return new Stamp(String.format(Locale.ROOT, "%c:%012d:%d:%s", trust, second, rank, eventId));
    }

    boolean isTyped() {
        return text.charAt(0) == TYPED;
    }

    @Override
    public int compareTo(Stamp other) {
        return text.compareTo(other.text);
    }
}
