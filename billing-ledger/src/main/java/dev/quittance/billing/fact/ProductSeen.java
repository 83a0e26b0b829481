package dev.quittance.billing.fact;

import java.util.Map;
import java.util.Objects;

/** A product of the catalogue. */
public record ProductSeen(
        String account,
        String id,
        String name,
        boolean active,
        boolean deleted,
        Map<String, String> metadata,
        Version version)
        implements StripeFact, Versioned {
    public ProductSeen {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(name, "name is null");
        metadata = Map.copyOf(metadata);
        Objects.requireNonNull(version, "version is null");
    }
}
