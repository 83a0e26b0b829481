package dev.quittance.provisioning.supabase;

import static java.util.Objects.requireNonNull;

import dev.quittance.messaging.inbox.Effects;
import dev.quittance.provisioning.inbox.ArrivalHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** A user was made elsewhere: the request is done, and what waited for the user is applied, in one transaction. */
@ApplicationScoped
public class AuthUserHandler {
    private final ArrivalHandler arrivals;
    private final AuthUserStore store;

    AuthUserHandler(ArrivalHandler arrivals, AuthUserStore store) {
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.store = requireNonNull(store, "store is null");
    }

    Uni<Void> arrived(String email, UUID userId) {
        String subject = "email:" + email;
        return arrivals.arrive(
                Set.of(subject),
                transaction -> store.finish(transaction, email, userId).map(_ -> {
                    Effects effects = new Effects();
                    effects.arrived(subject);
                    return effects;
                }));
    }
}
