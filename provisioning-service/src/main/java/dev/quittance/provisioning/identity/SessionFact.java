package dev.quittance.provisioning.identity;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.customer.Stamp;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A completed checkout session.
 *
 * @param customer null for a guest
 * @param namedUsers users that metadata or client_reference_id name, best first; they may not exist
 * @param email normalised
 * @param isPaid false while an asynchronous payment is on its way
 */
public record SessionFact(
        SessionKey key,
        @Nullable CustomerKey customer,
        List<UUID> namedUsers,
        @Nullable String email,
        @Nullable String name,
        boolean isPaid,
        Stamp stamp) {
    public SessionFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
        namedUsers = List.copyOf(namedUsers);
    }

    @Nullable
    Noted noted(@Nullable String value) {
        return Noted.ofNullable(value, stamp);
    }
}
