package dev.quittance.billing.cart;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.JsonBody;
import dev.quittance.billing.caller.Roles;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in user's cart. */
@Path("/api/cart")
@RolesAllowed(Roles.USER)
@Produces(MediaType.APPLICATION_JSON)
class CartResource {
    private final CartStore store;
    private final Caller caller;

    CartResource(CartStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    public Uni<CartView> cart() {
        return store.find(caller.userId());
    }

    /** The whole cart. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "items", kind = Kind.LIST, optional = true, min = 0, max = CartRules.LINES_MAX),
        @Field(value = "items[].productId", format = "uuid", example = "6f1f4a52-8d0a-4c57-9c39-0d0a5f0f1a11"),
        @Field(value = "items[].quantity", kind = Kind.WHOLE, max = CartLine.QUANTITY_MAX, example = "2")
    })
    public Uni<CartView> put(byte @Nullable [] body) {
        UUID user = caller.userId();
        List<CartLine> lines = CartRules.read(JsonBody.read(body));
        return store.limits(lines)
                .invoke(limits -> CartRules.check(lines, limits))
                .chain(() -> store.put(user, lines))
                .chain(() -> store.find(user));
    }

    /** What somebody had chosen before signing in: of each product the larger quantity of both stays. */
    @POST
    @Path("merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "items", kind = Kind.LIST, optional = true, min = 0, max = CartRules.LINES_MAX),
        @Field(value = "items[].productId", format = "uuid", example = "6f1f4a52-8d0a-4c57-9c39-0d0a5f0f1a11"),
        @Field(value = "items[].quantity", kind = Kind.WHOLE, max = CartLine.QUANTITY_MAX, example = "2")
    })
    public Uni<CartView> merge(byte @Nullable [] body) {
        UUID user = caller.userId();
        return store.merge(user, CartRules.read(JsonBody.read(body))).chain(() -> store.find(user));
    }

    @DELETE
    public Uni<CartView> empty() {
        UUID user = caller.userId();
        return store.put(user, List.of()).chain(() -> store.find(user));
    }
}
