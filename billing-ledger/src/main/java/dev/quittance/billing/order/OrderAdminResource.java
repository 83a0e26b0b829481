package dev.quittance.billing.order;

import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.messaging.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders for whoever runs the shop. */
@Path("/api/admin/orders")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class OrderAdminResource {
    private static final int HELD_MAX = 200;
    private static final int TRACKING_MAX = 100;

    private final OrderViewStore store;
    private final OrderHandler handler;
    private final Outbox outbox;
    private final Pool pool;

    OrderAdminResource(OrderViewStore store, OrderHandler handler, Outbox outbox, Pool pool) {
        this.store = store;
        this.handler = handler;
        this.outbox = outbox;
        this.pool = pool;
    }

    @GET
    @Path("{order}")
    public Uni<OrderView> order(@PathParam("order") String order) {
        return store.find(JsonBody.id("the order", order), null)
                .map(found -> found.orElseThrow(Problem.NOT_FOUND::exception));
    }

    /** What was paid otherwise than it was ordered, the oldest first. */
    @GET
    @Path("held")
    public Uni<OrderView.Page> held() {
        return store.held(HELD_MAX).map(orders -> new OrderView.Page(orders, null));
    }

    /** What travels is on its way. Told again it only changes where it can be followed. */
    @POST
    @Path("{order}/tracking")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "carrier", max = TRACKING_MAX, example = "Post"),
        @Field(value = "number", max = TRACKING_MAX, example = "RR123456785")
    })
    public Uni<OrderView> track(@PathParam("order") String text, byte @Nullable [] bytes) {
        UUID order = JsonBody.id("the order", text);
        JsonBody body = JsonBody.read(bytes);
        String carrier = body.text("carrier", TRACKING_MAX);
        String number = body.text("number", TRACKING_MAX);
        return pool.withTransaction(transaction -> store.send(transaction, order, carrier, number)
                        .invoke(isSent -> {
                            if (!isSent) {
                                throw Problem.ORDER_STATE.exception("There is nothing of this order to send now.");
                            }
                        })
                        .chain(() -> handler.follow(transaction, List.of(order)))
                        .chain(followed -> outbox.append(transaction, OrderHandler.news(followed.changes()))))
                .invoke(outbox::wake)
                .chain(() -> order(text));
    }
}
