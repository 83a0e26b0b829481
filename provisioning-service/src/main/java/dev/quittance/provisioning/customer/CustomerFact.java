package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says of a customer.
 *
 * @param namedUsers users that the customer's metadata names, best first; they may not exist
 * @param email normalised
 */
public record CustomerFact(
        CustomerKey key,
        List<UUID> namedUsers,
        @Nullable String email,
        @Nullable String name,
        Map<String, String> metadata,
        Stamp stamp) {
    public CustomerFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
        namedUsers = List.copyOf(namedUsers);
        metadata = Map.copyOf(metadata);
    }

    /** A value with this fact's stamp. */
    public @Nullable Noted noted(@Nullable String value) {
        return Noted.ofNullable(value, stamp);
    }
}
