package dev.quittance.provisioning.customer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe says of a customer.
 *
 * @param namedUsers users that the customer's metadata names, best first; they may not exist
 * @param email normalised
 * @param changes the fields that an update says it changed
 */
public record CustomerFact(
        CustomerKey key,
        List<UUID> namedUsers,
        @Nullable String email,
        @Nullable String name,
        Map<String, String> metadata,
        Set<String> changes,
        Stamp stamp) {
    public CustomerFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
        namedUsers = List.copyOf(namedUsers);
        metadata = Map.copyOf(metadata);
        changes = Set.copyOf(changes);
    }

    /** One that names no change. */
    public CustomerFact(
            CustomerKey key,
            List<UUID> namedUsers,
            @Nullable String email,
            @Nullable String name,
            Map<String, String> metadata,
            Stamp stamp) {
        this(key, namedUsers, email, name, metadata, Set.of(), stamp);
    }

    public @Nullable Noted heardEmail() {
        return Noted.ofNullable(email, stampOf("email"));
    }

    public @Nullable Noted heardName() {
        return Noted.ofNullable(name, stampOf("name"));
    }

    private Stamp stampOf(String field) {
        return changes.contains(field) ? stamp.asChange() : stamp;
    }

    /** A value with this fact's stamp. */
    public @Nullable Noted noted(@Nullable String value) {
        return Noted.ofNullable(value, stamp);
    }
}
