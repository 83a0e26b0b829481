package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A value with where it came from. Merging is the same in every order: that is what lets events come as they like.
 *
 * @param asOf null when nothing of Stripe's may replace the value
 */
public record Noted(String value, @Nullable Stamp asOf) {
    public Noted {
        requireNonNull(value, "value is null");
    }

    public static @Nullable Noted ofNullable(@Nullable String value, @Nullable Stamp asOf) {
        return value == null ? null : new Noted(value, asOf);
    }

    /** What stands after {@code heard} was heard. Nothing is ever replaced by nothing. */
    public static @Nullable Noted later(@Nullable Noted standing, @Nullable Noted heard) {
        if (standing == null || heard == null) {
            return standing == null ? heard : standing;
        }
        Stamp before = standing.asOf();
        Stamp after = heard.asOf();
        if (before == null || after == null) {
            return before == null ? standing : heard;
        }
        if (before.isOwn() && !after.isChange()) {
            return standing;
        }
        if (after.isHint() || before.isHint()) {
            return after.isBetterHintThan(before) ? heard : standing;
        }
        return !after.isTyped() && after.compareTo(before) > 0 ? heard : standing;
    }
}
