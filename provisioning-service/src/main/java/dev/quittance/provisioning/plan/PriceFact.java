package dev.quittance.provisioning.plan;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.Stamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says of a price, or of a plan, which is the same by its older name.
 *
 * @param content null when the event says no more than that the price is gone
 */
public record PriceFact(
        CatalogueKey key, boolean isDeleted, @Nullable Content content, Stamp stamp) {
    public PriceFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
    }

    /**
     * @param productId null for plans from before there were products
     * @param unitAmountMinor null when the amount depends on tiers
     * @param benefits a JSON array, or null when the product's hold
     * @param resources a JSON object, or null when the product's hold
     */
    public record Content(
            @Nullable String productId,
            @Nullable String currency,
            @Nullable Long unitAmountMinor,
            @Nullable String interval,
            @Nullable Integer intervalCount,
            @Nullable String nickname,
            boolean isActive,
            Map<String, String> metadata,
            @Nullable String benefits,
            @Nullable String resources) {
        public Content {
            metadata = Map.copyOf(metadata);
        }
    }
}
