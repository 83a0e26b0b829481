package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that a batch's facts speak of, to be loaded at once. */
public final class Interest {
    final Set<CustomerKey> customers = new LinkedHashSet<>();
    final Set<SessionKey> sessions = new LinkedHashSet<>();
    final Set<UUID> users = new LinkedHashSet<>();
    final Set<String> emails = new LinkedHashSet<>();
    /** By which an e-mail may be found that the facts themselves do not say. */
    final Set<ContactHint.Reference> references = new LinkedHashSet<>();

    public void add(CustomerFact fact) {
        customers.add(fact.key());
        users.addAll(fact.namedUsers());
        addEmail(fact.email());
        if (fact.email() == null) {
            references.add(Hints.reference(fact.key()));
        }
    }

    public void add(ContactHint hint) {
        references.add(hint.key());
        addEmail(hint.email());
        CustomerKey customer = hint.customer();
        if (customer != null) {
            customers.add(customer);
        }
    }

    public void add(SessionFact fact) {
        sessions.add(fact.key());
        users.addAll(fact.namedUsers());
        addEmail(fact.email());
        if (fact.customer() != null) {
            customers.add(fact.customer());
        }
        if (fact.email() == null) {
            references.addAll(
                    fact.customer() == null ? Hints.references(fact) : List.of(Hints.reference(fact.customer())));
        }
    }

    public void add(CustomerKey customer) {
        customers.add(customer);
    }

    /** A customer or session that somebody decided on, for the user. */
    public void add(CustomerKey customer, UUID userId) {
        customers.add(customer);
        users.add(userId);
    }

    void addEmail(@Nullable String email) {
        if (email != null) {
            emails.add(email);
        }
    }

    public boolean isEmpty() {
        return customers.isEmpty() && sessions.isEmpty() && references.isEmpty();
    }
}
