package dev.quittance.billing.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.reconciliation.DifferenceStore.DifferenceView;
import dev.quittance.billing.reconciliation.ReconciliationStore.Run;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reconciliation for whoever runs the shop: begin one, see how far it is and what it found. */
@Path("/api/admin/ledger/reconciliations")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class ReconciliationResource {
    private static final int ID_MAX = 255;
    private static final String PAYOUT_ID = "^[A-Za-z0-9_]{1,255}$";
    private static final String ACCOUNT_ID = "^acct_[A-Za-z0-9_]{1,250}$";
    private static final Pattern PAYOUT = Pattern.compile(PAYOUT_ID);
    private static final Pattern ACCOUNT = Pattern.compile(ACCOUNT_ID);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ReconciliationStore runs;
    private final DifferenceStore differences;
    private final ReconciliationJob job;

    ReconciliationResource(ReconciliationStore runs, DifferenceStore differences, ReconciliationJob job) {
        this.runs = runs;
        this.differences = differences;
        this.job = job;
    }

    /** A run with what it found so far. */
    record RunView(Run run, List<DifferenceView> differences) {
        RunView {
            differences = List.copyOf(differences);
        }
    }

    /** {@code {"from":..,"to":..}} for a period, {@code {"payout":..}} for one payout; {@code "account"} for a connected one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "from", optional = true, format = "date-time", example = "2026-01-01T00:00:00Z"),
        @Field(value = "to", optional = true, format = "date-time", example = "2026-01-02T00:00:00Z"),
        @Field(value = "payout", optional = true, pattern = PAYOUT_ID, max = ID_MAX, example = "po_1"),
        @Field(value = "account", optional = true, pattern = ACCOUNT_ID, max = ID_MAX, example = "acct_1")
    })
    public Uni<Response> begin(byte @Nullable [] body) {
        JsonNode json = json(body);
        if (!job.canAsk()) {
            throw Problem.STRIPE_NOT_CONFIGURED.exception();
        }
        String account = json.path("account").asText();
        if (!account.isEmpty() && !ACCOUNT.matcher(account).matches()) {
            throw Problem.BAD_REQUEST.exception("account is to be a connected account's id");
        }
        JsonNode payout = json.path("payout");
        if (payout.isTextual() && PAYOUT.matcher(payout.textValue()).matches()) {
            return answer(runs.begin(account, payout.textValue(), null, null));
        }
        Instant from = instant(json, "from");
        Instant to = instant(json, "to");
        if (!from.isBefore(to)) {
            throw Problem.BAD_REQUEST.exception("from is to be before to");
        }
        return answer(runs.begin(account, null, from, to));
    }

    @GET
    public Uni<List<Run>> latest() {
        return runs.latest();
    }

    @GET
    @Path("{run: [0-9]{1,18}}")
    public Uni<RunView> one(@PathParam("run") long runId) {
        return runs.find(runId)
                .map(run -> run.orElseThrow(Problem.NOT_FOUND::exception))
                .chain(run -> differences.find(runId).map(found -> new RunView(run, found)));
    }

    /** What waits for a person, whichever run found it. */
    @GET
    @Path("differences")
    public Uni<List<DifferenceView>> open() {
        return differences.find(null);
    }

    private static Uni<Response> answer(Uni<java.util.Optional<Run>> begun) {
        return begun.map(run -> Response.status(Response.Status.ACCEPTED)
                .entity(run.orElseThrow(Problem.RECONCILIATION_RUNNING::exception))
                .build());
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            return Instant.parse(json.path(name).asText());
        } catch (DateTimeParseException _) {
            throw Problem.BAD_REQUEST.exception("payout, or from and to as times, are to be given");
        }
    }

    private static JsonNode json(byte @Nullable [] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes == null ? new byte[0] : bytes);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException _) {
            // The parser's message would quote the body.
        }
        throw Problem.BAD_REQUEST.exception("the body is not a JSON object");
    }
}
