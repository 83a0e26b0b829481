package dev.quittance.ingest.endpointcheck;

import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.stripe.StripeApi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Stripe's endpoint against what this build needs, for operators. */
@Path("/api/admin/endpoint-checks")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class EndpointCheckResource {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final EndpointCheckJob job;
    private final EndpointCheckStore store;
    private final StripeApi stripe;

    EndpointCheckResource(EndpointCheckJob job, EndpointCheckStore store, StripeApi stripe) {
        this.job = job;
        this.store = store;
        this.stripe = stripe;
    }

    /** The answers that were other than the one before, newest first. */
    @GET
    public Uni<List<EndpointCheck>> latest() {
        return store.latest();
    }

    /** Asks Stripe now. */
    @POST
    public Uni<EndpointCheck> now() {
        if (!stripe.canAsk()) {
            throw new Problem(SERVICE_UNAVAILABLE, "no_api_key", "No key of Stripe's is configured.").exception();
        }
        return job.check();
    }
}
