package dev.quittance.provisioning.subscription;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.http.Problem;
import dev.quittance.provisioning.subscription.DuplicateStore.Duplicate;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom an operator should ask which of the subscriptions is meant; the other is cancelled, and refunded, at Stripe. */
@Path("/api/admin/subscriptions/duplicates")
@RolesAllowed({"service_role", "operator"})
@Produces(MediaType.APPLICATION_JSON)
public class DuplicateResource {
    /** Most users of one page. */
    static final int PAGE_MAX = 200;

    private final DuplicateStore store;

    DuplicateResource(DuplicateStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** @param next what to ask {@code after} for the next page; null on the last */
    public record Page(List<Duplicate> duplicates, @Nullable UUID next) {}

    @GET
    public Uni<Page> page(@QueryParam("after") @DefaultValue("00000000-0000-0000-0000-000000000000") String after) {
        return store.find(cursor(after), PAGE_MAX)
                .map(found -> new Page(
                        found, found.size() < PAGE_MAX ? null : found.getLast().userId()));
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new Problem(400, "CURSOR_MALFORMED", "after must be what next was.");
        }
    }
}
