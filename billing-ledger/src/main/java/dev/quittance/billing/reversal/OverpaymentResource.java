package dev.quittance.billing.reversal;

import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.reversal.SurplusStore.Overpayment;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What was paid twice and waits for an operator, who gives one of the payments back. */
@Path("/api/admin/ledger/overpayments")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class OverpaymentResource {
    private final SurplusStore store;

    OverpaymentResource(SurplusStore store) {
        this.store = store;
    }

    @GET
    public Uni<List<Overpayment>> open() {
        return store.open();
    }
}
