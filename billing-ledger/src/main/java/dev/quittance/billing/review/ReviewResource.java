package dev.quittance.billing.review;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.order.DecisionStore;
import dev.quittance.billing.order.DecisionStore.Decided;
import dev.quittance.billing.order.OrderDecision;
import dev.quittance.billing.order.OrderView;
import dev.quittance.billing.order.OrderViewStore;
import dev.quittance.billing.problem.Problem;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deciding on an order, for whoever runs the shop. Each decision has a key, and a note for those who ask later. */
@Path("/api/admin/orders/{order}")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class ReviewResource {
    private static final String KEY = "Idempotency-Key";
    private static final int NOTE_MAX = 500;

    private final ReviewHandler handler;
    private final DecisionStore decisions;
    private final OrderViewStore views;
    private final Caller caller;

    ReviewResource(ReviewHandler handler, DecisionStore decisions, OrderViewStore views, Caller caller) {
        this.handler = handler;
        this.decisions = decisions;
        this.views = views;
        this.caller = caller;
    }

    /** All decisions of an order, the oldest first. */
    record DecisionsView(List<DecisionStore.View> decisions) {
        DecisionsView {
            decisions = List.copyOf(decisions);
        }
    }

    /** What was paid otherwise than it was ordered goes out all the same. */
    @POST
    @Path("release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(@Field(value = "note", optional = true, max = NOTE_MAX, example = "looks right"))
    public Uni<OrderView> release(
            @PathParam("order") String order, byte @Nullable [] body, @HeaderParam(KEY) @Nullable String key) {
        return decide(OrderDecision.RELEASED, order, body, key);
    }

    /** What was paid otherwise than it was ordered goes back to whoever paid it. */
    @POST
    @Path("refusal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(@Field(value = "note", optional = true, max = NOTE_MAX, example = "looks right"))
    public Uni<OrderView> refuse(
            @PathParam("order") String order, byte @Nullable [] body, @HeaderParam(KEY) @Nullable String key) {
        return decide(OrderDecision.REFUSED, order, body, key);
    }

    /** The points that paid for an order go back to its buyer. */
    @POST
    @Path("refund")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(@Field(value = "note", optional = true, max = NOTE_MAX, example = "looks right"))
    public Uni<OrderView> refund(
            @PathParam("order") String order, byte @Nullable [] body, @HeaderParam(KEY) @Nullable String key) {
        return decide(OrderDecision.REFUNDED, order, body, key);
    }

    @GET
    @Path("decisions")
    public Uni<DecisionsView> decisions(@PathParam("order") String order) {
        return decisions.list(JsonBody.id("the order", order)).map(DecisionsView::new);
    }

    private Uni<OrderView> decide(
            OrderDecision decision, String text, byte @Nullable [] body, @Nullable String header) {
        UUID order = JsonBody.id("the order", text);
        String key = "operator:" + Caller.idempotencyKey(header);
        @Nullable String note = JsonBody.read(body).textOrNull("note", NOTE_MAX);
        return handler.decide(new Decided(order, decision, key, caller.subject(), note))
                .chain(() -> views.find(order, null))
                .map(found -> found.orElseThrow(Problem.NOT_FOUND::exception));
    }
}
