package dev.quittance.billing.fact;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A price of the catalogue.
 *
 * @param unitAmountMinor null where there is no single one
 */
public record PriceSeen(
        String account,
        String id,
        String productId,
        String currency,
        @Nullable Long unitAmountMinor,
        boolean recurring,
        boolean active,
        boolean deleted,
        Map<String, String> metadata,
        Version version)
        implements StripeFact, Versioned {
    public PriceSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(productId, "productId is null");
        Objects.requireNonNull(currency, "currency is null");
        metadata = Map.copyOf(metadata);
        Objects.requireNonNull(version, "version is null");
    }
}
