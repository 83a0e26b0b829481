package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.Noted;
import dev.quittance.provisioning.identity.ContactHint.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The e-mails that a batch knows of where nobody said whose a purchase is. */
final class Hints {
    /** What a guest's session waits for: the session's own subject, to be found by what its payment is called. */
    record Waiting(Reference reference, String subject) {}

    private final Map<Reference, Noted> best = new HashMap<>();
    private final Map<Reference, List<String>> waiting = new HashMap<>();
    private final List<ContactHint> added = new ArrayList<>();
    private final Set<Reference> used = new LinkedHashSet<>();
    private final Set<Waiting> waits = new LinkedHashSet<>();

    void load(Reference reference, Noted email) {
        best.merge(reference, email, Hints::better);
    }

    void loadWaiting(Reference reference, String subject) {
        waiting.computeIfAbsent(reference, _ -> new ArrayList<>()).add(subject);
    }

    /** Keeps a hint for whoever is heard of later. */
    void add(ContactHint hint) {
        added.add(hint);
        load(hint.key(), hint.noted());
    }

    /** Whose session waits for such an e-mail. */
    List<String> waitingFor(Reference reference) {
        return waiting.getOrDefault(reference, List.of());
    }

    /** The value, else the best that stands beside it. */
    @Nullable
    Noted orElse(@Nullable Noted said, CustomerKey customer) {
        return said == null ? best.get(reference(customer)) : said;
    }

    @Nullable
    Noted orElse(@Nullable Noted said, SessionFact session) {
        Noted found = said;
        for (Reference reference : references(session)) {
            found = said == null ? Noted.later(found, best.get(reference)) : found;
        }
        return found;
    }

    /** What stands beside a customer. */
    @Nullable
    Noted of(CustomerKey customer) {
        return best.get(reference(customer));
    }

    /** It is known whose the customer is: nothing need be kept any longer. */
    void settle(CustomerKey customer) {
        used.add(reference(customer));
    }

    void settle(SessionFact session) {
        if (session.email() == null) {
            used.addAll(references(session));
        }
    }

    void await(SessionFact session, String subject) {
        references(session).forEach(reference -> waits.add(new Waiting(reference, subject)));
    }

    List<ContactHint> added() {
        return added.stream().filter(hint -> !used.contains(hint.key())).toList();
    }

    Set<Reference> used() {
        return used;
    }

    Collection<Waiting> waits() {
        return waits;
    }

    static Reference reference(CustomerKey customer) {
        return new Reference(customer.stripeAccount(), customer.customerId());
    }

    static List<Reference> references(SessionFact session) {
        return session.references().stream()
                .map(id -> new Reference(session.key().stripeAccount(), id))
                .toList();
    }

    private static @Nullable Noted better(@Nullable Noted one, @Nullable Noted other) {
        return Noted.later(one, other);
    }
}
