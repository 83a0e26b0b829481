package dev.quittance.provisioning.access;

import dev.quittance.provisioning.subscription.SubscriptionState;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one subscription gives, by the state that it is in. */
final class SubscriptionAccessRules {
    /** Why a subscription was cancelled whose paid time ends with it. */
    private static final Set<String> ENDS_AT_ONCE = Set.of("payment_failed", "payment_disputed");

    private SubscriptionAccessRules() {}

    /** What a source of access says. */
    sealed interface Claim {
        String reason();

        record Gives(Instant until, String reason) implements Claim {}

        record Nothing(String reason) implements Claim {}
    }

    static Claim claim(Subscribed subscription, boolean mayTry, Policy policy, Instant now) {
        if (isHeld(subscription, policy)) {
            return new Claim.Nothing("collection-paused");
        }
        return switch (subscription.state()) {
            case SubscriptionState.Incomplete _ -> new Claim.Nothing("incomplete");
            case SubscriptionState.IncompleteExpired _ -> new Claim.Nothing("incomplete-expired");
            case SubscriptionState.Trialing _ ->
                mayTry
                        ? until(now, subscription.trialEnd(), "trial", "trial-over")
                        : until(now, subscription.paidUntil(), "subscription", "trial-used");
            case SubscriptionState.Active _ -> active(subscription, policy, now);
            case SubscriptionState.PastDue _ -> pastDue(subscription, policy, now);
            case SubscriptionState.Unpaid _ -> until(now, subscription.paidUntil(), "subscription", "unpaid");
            case SubscriptionState.Paused _ -> new Claim.Nothing("subscription-paused");
            case SubscriptionState.Canceled _ ->
                endsAtOnce(subscription)
                        ? new Claim.Nothing("canceled")
                        : until(now, subscription.paidUntil(), "canceled-paid-through", "canceled");
            case SubscriptionState.Unknown _ -> until(now, subscription.paidUntil(), "subscription", "unknown-status");
        };
    }

    /** Whether also the time that the subscription paid for is held or over. */
    static boolean isSuspended(Subscribed subscription, Policy policy) {
        return isHeld(subscription, policy)
                || subscription.state() instanceof SubscriptionState.Paused
                || (subscription.state() instanceof SubscriptionState.Canceled && endsAtOnce(subscription));
    }

    private static boolean isHeld(Subscribed subscription, Policy policy) {
        return subscription.isCollectionPaused()
                && policy.holdWhilePaused()
                && !(subscription.state() instanceof SubscriptionState.Canceled);
    }

    private static boolean endsAtOnce(Subscribed subscription) {
        return subscription.cancellationReason() != null && ENDS_AT_ONCE.contains(subscription.cancellationReason());
    }

    /** A renewal is charged an hour or so after the period's end; until then, and for the grace, access goes on. */
    private static Claim active(Subscribed subscription, Policy policy, Instant now) {
        Instant covered = later(subscription.paidUntil(), subscription.trialEnd());
        Instant cancelAt = subscription.cancelAt();
        if (covered == null) {
            return new Claim.Nothing("not-yet-paid");
        }
        Instant end = cancelAt != null && cancelAt.isBefore(covered) ? cancelAt : covered;
        if (end.isAfter(now)) {
            return new Claim.Gives(end, "subscription");
        }
        boolean isLast = subscription.cancelsAtPeriodEnd() || cancelAt != null;
        return isLast
                ? new Claim.Nothing("canceled")
                : until(now, covered.plus(policy.grace()), "renewal-grace", "renewal-unpaid");
    }

    private static Claim pastDue(Subscribed subscription, Policy policy, Instant now) {
        Instant covered = later(subscription.paidUntil(), subscription.trialEnd());
        Instant from = covered == null ? null : later(covered, subscription.failedAt());
        return until(now, from == null ? null : from.plus(policy.grace()), "past-due-grace", "past-due");
    }

    private static Claim until(Instant now, @Nullable Instant end, String reason, String otherwise) {
        return end != null && end.isAfter(now) ? new Claim.Gives(end, reason) : new Claim.Nothing(otherwise);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
