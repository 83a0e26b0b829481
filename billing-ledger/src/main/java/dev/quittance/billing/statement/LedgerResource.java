package dev.quittance.billing.statement;

import dev.quittance.billing.caller.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The books for whoever runs the shop. */
@Path("/api/admin/ledger")
@RolesAllowed(Roles.OPERATOR)
class LedgerResource {
    /** Later than anything that is booked. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final StatementStore store;

    LedgerResource(StatementStore store) {
        this.store = store;
    }

    @GET
    @Path("users/{user}/entries")
    @Produces({MediaType.APPLICATION_JSON, StatementResource.CSV})
    public Uni<Response> entries(
            @PathParam("user") String user,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        return StatementResource.answer(store, Request.user(user), unit, before, limit, accept);
    }

    @GET
    @Path("trial-balance")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<BooksView> trialBalance() {
        return store.trialBalance();
    }

    /** What had happened by {@code at}, as far as it was known by {@code knownAt}. */
    @GET
    @Path("balances")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<BooksView> balances(
            @QueryParam("at") @Nullable String at,
            @QueryParam("knownAt") @Nullable String knownAt,
            @QueryParam("user") @Nullable String user) {
        return store.asOf(
                Request.instant("at", at, EVER),
                Request.instant("knownAt", knownAt, EVER),
                user == null ? null : Request.user(user));
    }
}
