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
    /** Of one second a creation comes before an update, and that before a change that the update names. */
    private static final int CREATED = 0;

    private static final int UPDATED = 1;
    private static final int CHANGED = 2;
    private static final int RANK_AT = 15;
    private static final String OWN = ":own";

    public Stamp {
        requireNonNull(text, "text is null");
    }

    /** What a buyer typed into a checkout: good until Stripe states it of the customer. */
    public static Stamp typed(Optional<Instant> at, String eventId) {
        return of(TYPED, at, CREATED, eventId);
    }

    /** What stands beside a purchase: good until somebody says something better. */
    public static Stamp hinted(HintPlace place, Optional<Instant> at, String eventId) {
        return of(place.trust(), at, CREATED, eventId);
    }

    /** What Stripe states of a customer. */
    public static Stamp stated(Optional<Instant> at, boolean isUpdate, String eventId) {
        return of(STATED, at, isUpdate ? UPDATED : CREATED, eventId);
    }

    /** A user's own word, as the database writes it of what changes in auth.users. */
    public static Stamp own(Instant at) {
        return new Stamp(String.format(Locale.ROOT, "%c:%012d:9%s", STATED, at.getEpochSecond(), OWN));
    }

    /** The same word of a field that somebody changed at Stripe, in the portal for example. */
    Stamp asChange() {
        return new Stamp(text.substring(0, RANK_AT) + CHANGED + text.substring(RANK_AT + 1));
    }

    /** Whether the value is the user's own word, which only a later change replaces. */
    boolean isOwn() {
        return text.endsWith(OWN);
    }

    boolean isChange() {
        return text.length() > RANK_AT && text.charAt(RANK_AT) == '0' + CHANGED;
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

    /** Neither stated nor typed. */
    boolean isHint() {
        return text.charAt(0) < TYPED;
    }

    /** Of two hints the better place counts, and of one place the earlier. */
    boolean isBetterHintThan(Stamp other) {
        int trust = Character.compare(text.charAt(0), other.text.charAt(0));
        return trust > 0 || trust == 0 && compareTo(other) < 0;
    }

    @Override
    public int compareTo(Stamp other) {
        return text.compareTo(other.text);
    }
}
