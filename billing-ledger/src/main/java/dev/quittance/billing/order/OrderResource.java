package dev.quittance.billing.order;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The signed-in user's orders, the newest first. */
@Path("/api/orders")
@RolesAllowed(Roles.USER)
@Produces(MediaType.APPLICATION_JSON)
class OrderResource {
    private static final int PAGE_DEFAULT = 20;
    private static final String PAGE = "[1-9][0-9]?|100";

    private final OrderViewStore store;
    private final Caller caller;

    OrderResource(OrderViewStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    public Uni<OrderView.Page> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        if (limit != null && !limit.matches(PAGE)) {
            throw Problem.BAD_REQUEST.exception("limit is to be from 1 to 100");
        }
        return store.list(
                caller.userId(),
                after == null ? null : JsonBody.id("after", after),
                limit == null ? PAGE_DEFAULT : Integer.parseInt(limit));
    }

    @GET
    @Path("{order}")
    public Uni<OrderView> order(@PathParam("order") String order) {
        return store.find(JsonBody.id("the order", order), caller.userId())
                .map(found -> found.orElseThrow(Problem.NOT_FOUND::exception));
    }
}
