package dev.quittance.ingest.reconciliation;

import dev.quittance.ingest.caller.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How long there is until Stripe gives up, for operators. */
@Path("/api/admin/deadline")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class DeadlineResource {
    private final DeadlineJob job;

    DeadlineResource(DeadlineJob job) {
        this.job = job;
    }

    @GET
    public Uni<Deadline> now() {
        return job.now();
    }
}
