package dev.quittance.provisioning.organisation;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.http.JsonBody;
import dev.quittance.provisioning.http.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Operators keep organisations here; their members read them by row security. */
@Path("/api/admin/customers/organisations")
@RolesAllowed({"service_role", "operator"})
@Produces(MediaType.APPLICATION_JSON)
public class OrganisationResource {
    private static final int NAME_MAX = 255;
    private static final Set<String> ROLES = Set.of("owner", "member");

    private final OrganisationStore store;

    OrganisationResource(OrganisationStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Takes(@Field(value = "name", max = NAME_MAX, example = "Analytical Engines"))
    public Uni<Organisation> create(byte @Nullable [] body) {
        String name = JsonBody.read(body).text("name").strip();
        if (name.length() > NAME_MAX) {
            throw new Problem(400, "FIELD_INVALID", "The field name is longer than 255 characters.");
        }
        return store.create(name).map(id -> new Organisation(id, name, List.of(), List.of()));
    }

    @GET
    @Path("/{id}")
    public Uni<Organisation> find(@PathParam("id") String id) {
        return store.find(uuid(id)).map(found -> found.orElseThrow(OrganisationResource::unknown));
    }

    @PUT
    @Path("/{id}/members/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(
            @Field(
                    value = "role",
                    words = {"member", "owner"}))
    public Uni<Void> join(@PathParam("id") String id, @PathParam("user") String user, byte @Nullable [] body) {
        String role = JsonBody.read(body).text("role");
        if (!ROLES.contains(role)) {
            throw new Problem(400, "FIELD_INVALID", "The field role must be owner or member.");
        }
        return found(store.join(uuid(id), uuid(user), role));
    }

    @DELETE
    @Path("/{id}/members/{user}")
    public Uni<Void> leave(@PathParam("id") String id, @PathParam("user") String user) {
        return found(store.leave(uuid(id), uuid(user)));
    }

    /** Makes the organisation own a member's customer. */
    @PUT
    @Path("/{id}/customers/{customer}")
    public Uni<Void> own(@PathParam("id") String id, @PathParam("customer") String customer) {
        return found(store.own(uuid(id), customer(customer)));
    }

    @DELETE
    @Path("/{id}/customers/{customer}")
    public Uni<Void> disown(@PathParam("id") String id, @PathParam("customer") String customer) {
        return found(store.disown(uuid(id), customer(customer)));
    }

    private static Uni<Void> found(Uni<Boolean> isFound) {
        return isFound.map(is -> {
                    if (!is) {
                        throw unknown();
                    }
                    return is;
                })
                .replaceWithVoid();
    }

    private static String customer(String id) {
        if (!CustomerKey.isCustomerId(id)) {
            throw unknown();
        }
        return id;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(404, "NOT_FOUND", "There is no such organisation, member or customer of a member.");
    }
}
