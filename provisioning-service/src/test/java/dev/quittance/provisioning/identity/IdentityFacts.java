package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Stripe says in the rules' tests. */
final class IdentityFacts {
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private IdentityFacts() {}

    static CustomerFact customer(CustomerKey key, @Nullable String email, int second) {
        return new CustomerFact(key, List.of(), email, null, Map.of(), stated(second));
    }

    static SessionFact session(String id, @Nullable CustomerKey customer, @Nullable String email) {
        return new SessionFact(
                new SessionKey("", id), customer, List.of(), email, null, List.of(), true, typed("evt_" + id));
    }

    static SessionFact named(String id, CustomerKey customer, UUID user, String email) {
        return new SessionFact(
                new SessionKey("", id), customer, List.of(user), email, null, List.of(), true, typed("evt_" + id));
    }

    static Stamp typed(String eventId) {
        return Stamp.typed(Optional.of(NOW), eventId);
    }

    static Stamp stated(int second) {
        return Stamp.stated(Optional.of(NOW.plusSeconds(second)), false, "evt_c");
    }
}
