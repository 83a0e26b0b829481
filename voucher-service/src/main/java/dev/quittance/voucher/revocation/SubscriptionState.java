package dev.quittance.voucher.revocation;

import dev.quittance.contracts.provisioning.SubscriptionChanged;
import java.time.Instant;

/** How a subscription stands; of several, the one with the greatest revision counts. */
public record SubscriptionState(
        String stripeAccount, String subscriptionId, long revision, String status, Instant toldAt) {
    public static SubscriptionState of(SubscriptionChanged event) {
        return new SubscriptionState(
                event.stripeAccount(), event.subscriptionId(), event.revision(), event.status(), event.occurredAt());
    }
}
