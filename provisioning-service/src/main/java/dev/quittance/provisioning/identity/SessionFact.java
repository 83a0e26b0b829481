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
 * @param references the payment and the invoice of a guest's session, by which an e-mail may be found elsewhere
 * @param isPaid false while an asynchronous payment is on its way
 */
public record SessionFact(
        SessionKey key,
        @Nullable CustomerKey customer,
        List<UUID> namedUsers,
        @Nullable String email,
        @Nullable String name,
        List<String> references,
        boolean isPaid,
        Stamp stamp) {
    public SessionFact {
        requireNonNull(key, "key is null");
        requireNonNull(stamp, "stamp is null");
        namedUsers = List.copyOf(namedUsers);
        references = List.copyOf(references);
    }

    /** What a person decides on: the customer, of a guest the session. */
    String subject() {
        return customer == null ? key.sessionId() : customer.customerId();
    }

    /** What it waits for that is nobody's yet. */
    String waitsFor() {
        return customer == null ? key.operatorSubject() : customer.subject();
    }

    @Nullable
    Noted noted(@Nullable String value) {
        return Noted.ofNullable(value, stamp);
    }
}
