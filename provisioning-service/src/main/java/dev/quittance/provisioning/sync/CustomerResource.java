package dev.quittance.provisioning.sync;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.Problem;
import dev.quittance.provisioning.sync.SyncStore.Holder;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The user's customer at Stripe, made at the first checkout that needs one. Asking twice, even at once, makes one. */
@Path("/api/account/customer")
@RolesAllowed("authenticated")
public class CustomerResource {
    private final SyncStore store;
    private final StripeCustomers stripe;
    private final CustomerHandler handler;
    private final Caller caller;

    CustomerResource(SyncStore store, StripeCustomers stripe, CustomerHandler handler, Caller caller) {
        this.store = requireNonNull(store, "store is null");
        this.stripe = requireNonNull(stripe, "stripe is null");
        this.handler = requireNonNull(handler, "handler is null");
        this.caller = requireNonNull(caller, "caller is null");
    }

    /** The customer's id at Stripe. */
    public record Body(String stripeCustomerId) {}

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Body> customer() {
        UUID userId = caller.userId();
        return store.find(userId).chain(this::ensure);
    }

    private Uni<Body> ensure(Optional<Holder> found) {
        Holder holder = found.orElseThrow(
                () -> new Problem(401, "SUBJECT_UNKNOWN", "The token's subject is not a user of ours."));
        @Nullable String customerId = holder.customerId();
        if (customerId != null) {
            return Uni.createFrom().item(new Body(customerId));
        }
        if (!stripe.isConfigured()) {
            throw new Problem(503, "STRIPE_NOT_CONFIGURED", "No payments are taken here.");
        }
        return stripe.create(holder.userId(), holder.contact(), holder.customers())
                .onFailure(StripeCalls.NotNow.class)
                .transform(_ -> new Problem(503, "STRIPE_UNAVAILABLE", "Stripe did not answer; try again."))
                .call(customer -> handler.made(customer, holder.userId()))
                .map(customer -> new Body(customer.customerId()));
    }
}
