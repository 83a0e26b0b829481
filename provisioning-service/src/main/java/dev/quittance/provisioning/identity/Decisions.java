package dev.quittance.provisioning.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What people decided of the subjects that a batch speaks of; it stands against whatever the rules would say. */
final class Decisions {
    private record Subject(String stripeAccount, String id) {}

    private final Map<Subject, UUID> assigned = new HashMap<>();
    private final Set<Mismatch.Key> kept = new HashSet<>();

    void assign(String stripeAccount, String subject, UUID userId) {
        assigned.put(new Subject(stripeAccount, subject), userId);
    }

    /** The mismatch was looked at, and all is well as it is. */
    void keep(Mismatch.Key key) {
        kept.add(key);
    }

    Optional<UUID> userOf(String stripeAccount, String subject) {
        return Optional.ofNullable(assigned.get(new Subject(stripeAccount, subject)));
    }

    boolean isKept(Mismatch.Key key) {
        return kept.contains(key);
    }
}
