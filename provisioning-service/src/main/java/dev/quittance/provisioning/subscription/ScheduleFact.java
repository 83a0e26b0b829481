package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says is planned for a subscription.
 *
 * @param isOver whether the schedule was released, completed or cancelled, which is for ever
 * @param phases a JSON array: from when until when which prices
 */
public record ScheduleFact(
        String stripeAccount,
        String scheduleId,
        @Nullable String subscriptionId,
        @Nullable String customerId,
        String status,
        boolean isOver,
        String phases,
        Stamp stamp) {
    public ScheduleFact {
        requireNonNull(stripeAccount, "stripeAccount is null");
        requireNonNull(scheduleId, "scheduleId is null");
        requireNonNull(status, "status is null");
        requireNonNull(phases, "phases is null");
        requireNonNull(stamp, "stamp is null");
    }

    /** What orders the events of one schedule. */
    public String subject() {
        return "schedule:" + stripeAccount + "/" + scheduleId;
    }

    /** What of two words about one schedule stands. */
    boolean isLaterThan(ScheduleFact other) {
        return isOver == other.isOver ? stamp.compareTo(other.stamp) > 0 : isOver;
    }
}
