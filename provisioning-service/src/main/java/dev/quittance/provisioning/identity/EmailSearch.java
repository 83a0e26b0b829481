package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.Noted;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an e-mail alone says of whose a subject is. */
sealed interface EmailSearch {
    record Found(Person person) implements EmailSearch {}

    record Contested(Person person, String reason) implements EmailSearch {}

    record Nobody() implements EmailSearch {}

    /** Somebody else makes the user; until then it is nobody's. */
    record Asked(String email) implements EmailSearch {}

    static EmailSearch search(WorkingSet set, @Nullable Noted email) {
        if (email == null) {
            return new Nobody();
        }
        List<Person> candidates = set.withEmail(email.value());
        List<Person> verified = candidates.stream().filter(Person::isVerified).toList();
        if (verified.size() > 1) {
            return new Contested(verified.getFirst(), Mismatch.EMAIL_AMBIGUOUS);
        }
        if (verified.size() == 1) {
            return new Found(verified.getFirst());
        }
        Optional<Person> unclaimed =
                candidates.stream().filter(Person::isUnclaimed).findFirst();
        if (unclaimed.isPresent()) {
            return new Found(unclaimed.get());
        }
        if (!candidates.isEmpty()) {
            return new Contested(candidates.getFirst(), Mismatch.EMAIL_UNVERIFIED);
        }
        if (set.minting.createsUsers()) {
            return new Found(set.create(email));
        }
        set.requested.add(email.value());
        return new Asked(email.value());
    }

    /** Who is known by the e-mail already, and for certain. */
    static Optional<Person> known(WorkingSet set, Noted email) {
        List<Person> candidates = set.withEmail(email.value());
        List<Person> verified = candidates.stream().filter(Person::isVerified).toList();
        return switch (verified.size()) {
            case 0 -> candidates.stream().filter(Person::isUnclaimed).findFirst();
            case 1 -> Optional.of(verified.getFirst());
            default -> Optional.empty();
        };
    }
}
