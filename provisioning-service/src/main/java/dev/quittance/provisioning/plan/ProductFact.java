package dev.quittance.provisioning.plan;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.Stamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says of a product.
 *
 * @param content null when the event says no more than that the product is gone
 */
public record ProductFact(
        CatalogueKey key, boolean isDeleted, @Nullable Content content, Stamp stamp) {
    public ProductFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
    }

    /**
     * @param benefits a JSON array
     * @param resources a JSON object
     */
    public record Content(
            @Nullable String name,
            @Nullable String description,
            boolean isActive,
            Map<String, String> metadata,
            String benefits,
            @Nullable String resources,
            @Nullable Integer voucherMonths,
            @Nullable Integer voucherDays) {
        public Content {
            requireNonNull(benefits, "benefits is null");
            metadata = Map.copyOf(metadata);
        }
    }
}
