package dev.quittance.billing.fact;

import java.util.Objects;

/**
 * An event that lacks what it must say, such as an amount. It waits for an operator: null money is never booked, and odd
 * input is not a failure of ours.
 *
 * @param subject the object's id, else the event's
 * @param reason a stable code such as {@code AMOUNT_ABSENT}
 */
public record Unusable(String subject, String reason) implements StripeFact {
    public Unusable {
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(reason, "reason is null");
    }
}
