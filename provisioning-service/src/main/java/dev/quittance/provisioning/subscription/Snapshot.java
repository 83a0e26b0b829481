package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as one event stated it. Kept as it is; what stands is found among all of them.
 *
 * @param second when Stripe made the event: whole seconds, so no proof of order
 * @param updates 1 unless the event is the creation
 * @param previous what the event says was before, of the attributes that {@link SubscriptionRules} compares
 * @param status Stripe's word, {@code canceled} in a deletion whatever it says
 */
public record Snapshot(
        String eventId,
        long second,
        int updates,
        Map<String, String> previous,
        String customerId,
        String status,
        List<Item> items,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        boolean cancelsAtPeriodEnd,
        @Nullable Instant cancelAt,
        @Nullable Instant canceledAt,
        @Nullable Instant endedAt,
        @Nullable Instant trialStart,
        @Nullable Instant trialEnd,
        @Nullable Instant created,
        @Nullable String pausedBehavior,
        @Nullable Instant resumesAt,
        @Nullable String scheduleId,
        @Nullable String cancellationReason,
        Map<String, String> metadata) {
    public Snapshot {
        requireNonNull(eventId, "eventId is null");
        requireNonNull(customerId, "customerId is null");
        requireNonNull(status, "status is null");
        previous = Map.copyOf(previous);
        items = List.copyOf(items);
        metadata = Map.copyOf(metadata);
    }

    /**
     * @param quantity null for metered prices
     * @param voucherMonths what the price's own metadata gives for each period
     */
    public record Item(
            String itemId,
            @Nullable String priceId,
            @Nullable String productId,
            @Nullable Long quantity,
            @Nullable Instant periodStart,
            @Nullable Instant periodEnd,
            @Nullable Integer voucherMonths,
            @Nullable Integer voucherDays) {
        public Item {
            requireNonNull(itemId, "itemId is null");
        }
    }
}
