package dev.quittance.billing.balance;

import dev.quittance.billing.balance.BalanceResyncJob.Found;
import dev.quittance.billing.caller.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Makes Redis what the books are, when somebody asks for it. */
@Path("/api/admin/ledger/balances/resync")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class BalanceResyncResource {
    private final BalanceResyncJob job;

    BalanceResyncResource(BalanceResyncJob job) {
        this.job = job;
    }

    @POST
    public Uni<Found> resync() {
        return job.run();
    }
}
