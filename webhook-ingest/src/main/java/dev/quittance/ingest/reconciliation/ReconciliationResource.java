package dev.quittance.ingest.reconciliation;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.ingest.caller.Asked;
import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.stripe.StripeApi;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reconciliation with Stripe's list of events, for operators: begun by hand, and followed. */
@Path("/api/admin/reconciliations")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class ReconciliationResource {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final ReconciliationStore runs;
    private final ReconciliationConfig config;
    private final StripeApi stripe;
    private final InstantSource clock;
    private final SecurityIdentity identity;

    ReconciliationResource(
            ReconciliationStore runs,
            ReconciliationConfig config,
            StripeApi stripe,
            InstantSource clock,
            SecurityIdentity identity) {
        this.runs = runs;
        this.config = config;
        this.stripe = stripe;
        this.clock = clock;
        this.identity = identity;
    }

    /** {@code {"scope":"undelivered"|"all","account":"acct_..","from":..,"to":..}}; all of it may be left out. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(
                value = "scope",
                optional = true,
                words = {"undelivered", "all"}),
        @Field(value = "account", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "acct_1"),
        @Field(value = "from", optional = true, format = "date-time", example = "2026-01-01T00:00:00Z"),
        @Field(value = "to", optional = true, format = "date-time", example = "2026-01-02T00:00:00Z")
    })
    public Uni<Response> begin(byte @Nullable [] body) {
        JsonObject asked = Asked.object(body);
        Scope scope = scope(Asked.text(asked, "scope"));
        String account = Asked.name(Asked.text(asked, "account"), "account");
        Instant now = clock.instant();
        Instant from = Optional.ofNullable(Asked.time(Asked.text(asked, "from"), "from"))
                .orElse(now.minus(config.undeliveredWindow()));
        // A second more, since Stripe's times are whole ones.
        Instant to =
                Optional.ofNullable(Asked.time(Asked.text(asked, "to"), "to")).orElse(now.plusSeconds(1));
        if (!from.isBefore(to)) {
            throw Problem.badRequest("invalid_from", "from is not before to.").exception();
        }
        if (!stripe.canAsk()) {
            throw new Problem(SERVICE_UNAVAILABLE, "stripe_not_configured", "No key of Stripe's is configured.")
                    .exception();
        }
        return runs.begin(identity.getPrincipal().getName(), account == null ? "" : account, scope, from, to)
                .map(run -> Response.accepted(run.orElseThrow(
                                () -> Problem.conflict("reconciliation_running", "One of this scope is under way.")
                                        .exception()))
                        .build());
    }

    @GET
    public Uni<List<Run>> latest() {
        return runs.latest();
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Uni<Run> one(@PathParam("id") long id) {
        return runs.find(id)
                .map(found -> found.orElseThrow(() -> Problem.notFound().exception()));
    }

    private static Scope scope(@Nullable String token) {
        try {
            return token == null ? Scope.UNDELIVERED : Scope.of(token);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("invalid_scope", "scope is undelivered or all.")
                    .exception();
        }
    }
}
