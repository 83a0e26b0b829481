package dev.quittance.provisioning.moving;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.moving.ImportStore.Progress;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The import, a page at a time: whoever runs it calls until nothing is left. */
@Path("/api/admin/customers/imports")
@RolesAllowed({"service_role", "operator"})
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {
    private final ImportHandler handler;
    private final ImportStore store;

    ImportResource(ImportHandler handler, ImportStore store) {
        this.handler = requireNonNull(handler, "handler is null");
        this.store = requireNonNull(store, "store is null");
    }

    @GET
    public Uni<Progress> progress() {
        return store.progress();
    }

    @POST
    public Uni<Progress> takePage() {
        return handler.takePage();
    }
}
