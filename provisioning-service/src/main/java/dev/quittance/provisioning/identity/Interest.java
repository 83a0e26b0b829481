package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.customer.CustomerKey;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that a batch's facts speak of, to be loaded at once. */
public final class Interest {
    final Set<CustomerKey> customers = new LinkedHashSet<>();
    final Set<SessionKey> sessions = new LinkedHashSet<>();
    final Set<UUID> users = new LinkedHashSet<>();
    final Set<String> emails = new LinkedHashSet<>();

    public void add(CustomerFact fact) {
        customers.add(fact.key());
        users.addAll(fact.namedUsers());
        addEmail(fact.email());
    }

    public void add(SessionFact fact) {
        sessions.add(fact.key());
        users.addAll(fact.namedUsers());
        addEmail(fact.email());
        if (fact.customer() != null) {
            customers.add(fact.customer());
        }
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
        return customers.isEmpty() && sessions.isEmpty();
    }
}
