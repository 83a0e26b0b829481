package dev.quittance.billing.fact;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a checkout session sold.
 *
 * @param priceMetadata null when it is not known, empty when there is none
 * @param productMetadata likewise
 */
public record SessionLine(
        String id,
        @Nullable String priceId,
        @Nullable String productId,
        long quantity,
        @Nullable Map<String, String> priceMetadata,
        @Nullable Map<String, String> productMetadata) {
    public SessionLine {
        Objects.requireNonNull(id, "id is null");
        priceMetadata = priceMetadata == null ? null : Map.copyOf(priceMetadata);
        productMetadata = productMetadata == null ? null : Map.copyOf(productMetadata);
    }
}
