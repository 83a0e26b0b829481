package dev.quittance.billing.statement;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in user's own entries. */
@Path("/api/statements")
@RolesAllowed(Roles.USER)
class StatementResource {
    static final String CSV = "text/csv";

    private final StatementStore store;
    private final Caller caller;

    StatementResource(StatementStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    public Uni<Response> page(
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        return answer(store, caller.userId(), unit, before, limit, accept);
    }

    /** JSON, unless CSV is asked for by name; that one may be long. */
    static Uni<Response> answer(
            StatementStore store,
            UUID user,
            @Nullable String unit,
            @Nullable String before,
            @Nullable String limit,
            @Nullable String accept) {
        boolean isExport = accept != null && accept.contains(CSV);
        int most = isExport ? Request.EXPORT_MAX : Request.LIMIT_MAX;
        int rows = Request.limit(limit, isExport ? Request.EXPORT_MAX : Request.LIMIT_DEFAULT, most);
        return store.page(user, Request.unit(unit), Cursor.read(before), rows)
                .map(statement -> isExport
                        ? csv(statement)
                        : Response.ok(statement, MediaType.APPLICATION_JSON).build());
    }

    /** The header tells where it goes on. */
    private static Response csv(StatementView statement) {
        Response.ResponseBuilder response = Response.ok(CsvRules.write(statement), CSV)
                .header("Content-Disposition", "attachment; filename=\"statement-" + statement.unit() + ".csv\"");
        if (statement.next() != null) {
            response.header("Link", "<?unit=" + statement.unit() + "&before=" + statement.next() + ">; rel=\"next\"");
        }
        return response.build();
    }
}
