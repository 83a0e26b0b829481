package dev.quittance.ingest.backfill;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import dev.quittance.ingest.caller.Asked;
import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.stripe.StripeApi;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backfills over HTTP, for operators: counted first, then begun, followed and stopped. */
@Path("/api/admin/backfills")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class BackfillResource {
    private static final int SUBJECTS_MAX = 6;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final BackfillStore backfills;
    private final StripeApi stripe;
    private final InstantSource clock;
    private final SecurityIdentity identity;

    BackfillResource(BackfillStore backfills, StripeApi stripe, InstantSource clock, SecurityIdentity identity) {
        this.backfills = backfills;
        this.stripe = stripe;
        this.clock = clock;
        this.identity = identity;
    }

    /**
     * {@code {"subjects":["customers",..],"account":"acct_..","dryRun":false}}. Without subjects it is all of them; without
     * {@code "dryRun":false} it only counts.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "subjects", kind = Kind.LIST, optional = true, max = SUBJECTS_MAX),
        @Field(
                value = "subjects[]",
                words = {"products", "prices", "customers", "subscriptions", "invoices", "charges"}),
        @Field(value = "account", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "acct_1"),
        @Field(value = "dryRun", kind = Kind.FLAG, optional = true, example = "true")
    })
    public Uni<Response> begin(byte @Nullable [] body) {
        JsonObject asked = Asked.object(body);
        Set<Subject> subjects = subjects(asked.getValue("subjects"));
        String account = Asked.name(Asked.text(asked, "account"), "account");
        boolean isReal = Asked.isReal(asked);
        if (!stripe.canAsk()) {
            throw new Problem(SERVICE_UNAVAILABLE, "stripe_not_configured", "No key of Stripe's is configured.")
                    .exception();
        }
        return backfills
                .begin(
                        identity.getPrincipal().getName(),
                        account == null ? "" : account,
                        !isReal,
                        List.copyOf(subjects))
                .map(begun -> Response.accepted(view(begun.orElseThrow(
                                () -> Problem.conflict("backfill_running", "One of this account is under way.")
                                        .exception())))
                        .build());
    }

    @GET
    public Uni<List<BackfillView>> latest() {
        return backfills.latest().map(found -> found.stream().map(this::view).toList());
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Uni<BackfillView> one(@PathParam("id") long id) {
        return backfills
                .find(id)
                .map(found -> view(found.orElseThrow(() -> Problem.notFound().exception())));
    }

    /** What is out is out; the rest stays at Stripe. */
    @POST
    @Path("{id: [0-9]{1,18}}/abort")
    public Uni<BackfillView> abort(@PathParam("id") long id) {
        return backfills
                .abort(id)
                .map(found -> view(found.orElseThrow(
                        () -> Problem.conflict("backfill_not_running", "There is no such backfill, or it is over.")
                                .exception())));
    }

    private BackfillView view(Backfill backfill) {
        return BackfillView.of(backfill, clock.instant());
    }

    private static Set<Subject> subjects(@Nullable Object asked) {
        if (asked == null) {
            return EnumSet.allOf(Subject.class);
        }
        if (asked instanceof JsonArray some && !some.isEmpty() && some.size() <= SUBJECTS_MAX) {
            Set<Subject> subjects = EnumSet.noneOf(Subject.class);
            some.forEach(one -> subjects.add(subject(one)));
            return subjects;
        }
        throw noSubjects();
    }

    private static Subject subject(@Nullable Object asked) {
        try {
            if (asked instanceof String token) {
                return Subject.of(token);
            }
        } catch (IllegalArgumentException _) {
            // As below.
        }
        throw noSubjects();
    }

    private static WebApplicationException noSubjects() {
        return Problem.badRequest(
                        "invalid_subjects",
                        "subjects are some of products, prices, customers, subscriptions, invoices and charges.")
                .exception();
    }
}
