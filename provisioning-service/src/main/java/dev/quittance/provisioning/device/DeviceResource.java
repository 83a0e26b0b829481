package dev.quittance.provisioning.device;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.JsonBody;
import dev.quittance.provisioning.http.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in user's devices. */
@Path("/api/account/devices")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("authenticated")
public class DeviceResource {
    private static final int NAME_LENGTH_MAX = 100;

    private final DeviceHandler devices;
    private final Caller caller;

    DeviceResource(DeviceHandler devices, Caller caller) {
        this.devices = requireNonNull(devices, "devices is null");
        this.caller = requireNonNull(caller, "caller is null");
    }

    /** A device as its user sees it. */
    public record Body(UUID id, String name, Instant createdAt) {
        static Body of(Device device) {
            return new Body(device.id(), device.name(), device.createdAt());
        }
    }

    @GET
    public Uni<List<Body>> list() {
        return devices.list(caller.userId())
                .map(found -> found.stream().map(Body::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(@Field(value = "name", max = NAME_LENGTH_MAX, example = "Desk"))
    public Uni<Response> add(byte @Nullable [] body) {
        String name = JsonBody.read(body).text("name").strip();
        if (name.length() > NAME_LENGTH_MAX) {
            throw new Problem(400, "FIELD_INVALID", "The field name must have at most 100 characters.");
        }
        return devices.add(caller.userId(), name)
                .map(device -> Response.status(201).entity(Body.of(device)).build());
    }

    @DELETE
    @Path("/{id}")
    public Uni<Response> remove(@PathParam("id") String id) {
        return devices.remove(caller.userId(), uuid(id)).map(removed -> {
            if (!removed) {
                throw unknown();
            }
            return Response.noContent().build();
        });
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(404, "DEVICE_NOT_FOUND", "This account has no such device.");
    }
}
