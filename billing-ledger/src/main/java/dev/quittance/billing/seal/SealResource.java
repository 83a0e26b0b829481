package dev.quittance.billing.seal;

import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The head of the chain, for whoever keeps it outside. */
@Path("/api/admin/ledger/seals")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class SealResource {
    private final SealStore store;

    SealResource(SealStore store) {
        this.store = store;
    }

    @GET
    @Path("head")
    public Uni<Seal> head() {
        return store.head().map(head -> head.orElseThrow(Problem.NOT_FOUND::exception));
    }
}
