package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.subscription.SubscriptionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a subscription for access.
 *
 * @param paidUntil the end of the last period that was paid
 * @param failedAt when a payment failed first of an invoice that is still not paid
 */
public record Subscribed(
        String id,
        SubscriptionState state,
        @Nullable Instant paidUntil,
        @Nullable Instant failedAt,
        @Nullable Instant trialStart,
        @Nullable Instant trialEnd,
        boolean cancelsAtPeriodEnd,
        @Nullable Instant cancelAt,
        boolean isCollectionPaused,
        @Nullable String cancellationReason) {
    public Subscribed {
        requireNonNull(id, "id is null");
        requireNonNull(state, "state is null");
    }
}
