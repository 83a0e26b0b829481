package dev.quittance.billing.buying;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.order.OrderView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Thinking better of it. It moves no value, and needs no key: cancelled twice is cancelled. */
@Path("/api/orders/{order}/cancel")
@RolesAllowed(Roles.USER)
@Produces(MediaType.APPLICATION_JSON)
class CancelResource {
    private final CancelHandler handler;
    private final Caller caller;

    CancelResource(CancelHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    @POST
    public Uni<OrderView> cancel(@PathParam("order") String order) {
        return handler.cancel(caller.userId(), JsonBody.id("the order", order));
    }
}
