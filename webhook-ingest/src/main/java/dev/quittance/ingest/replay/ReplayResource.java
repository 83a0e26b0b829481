package dev.quittance.ingest.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import dev.quittance.ingest.caller.Asked;
import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.eventlog.EventQuery;
import dev.quittance.ingest.eventlog.EventSourceStore;
import dev.quittance.ingest.eventlog.EventSourceStore.Selection;
import dev.quittance.ingest.problem.Problem;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays over HTTP, for operators: looked at first, then begun with the number that was seen, followed and stopped. */
@Path("/api/admin/events/replays")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class ReplayResource {
    /** More than any log has. */
    private static final long EVENTS_MAX = 1_000_000_000_000L;

    private static final int IDS_SHOWN = 100;

    private final ReplayStore replays;
    private final EventSourceStore log;
    private final SecurityIdentity identity;

    ReplayResource(ReplayStore replays, EventSourceStore log, SecurityIdentity identity) {
        this.replays = replays;
        this.log = log;
        this.identity = identity;
    }

    /**
     * What a replay would publish.
     *
     * @param expect what the real one is to be begun with
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DryRunView(boolean dryRun, long expect, long purged, List<String> ids) {
        DryRunView {
            ids = List.copyOf(ids);
        }
    }

    /**
     * {@code {"id","type","customer","object","payment","from","to"}}, at least one of them. Without more it only tells what it would
     * publish; with {@code "dryRun":false,"expect":n} it begins, if it is still n.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "id", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "evt_1"),
        @Field(
                value = "type",
                optional = true,
                pattern = Asked.NAMES,
                max = Asked.NAME_MAX,
                example = "charge.succeeded"),
        @Field(value = "customer", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "cus_1"),
        @Field(value = "object", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "ch_1"),
        @Field(value = "payment", optional = true, pattern = Asked.NAMES, max = Asked.NAME_MAX, example = "pi_1"),
        @Field(value = "from", optional = true, format = "date-time", example = "2026-01-01T00:00:00Z"),
        @Field(value = "to", optional = true, format = "date-time", example = "2026-01-02T00:00:00Z"),
        @Field(value = "dryRun", kind = Kind.FLAG, optional = true, example = "false"),
        @Field(value = "expect", kind = Kind.WHOLE, optional = true, min = 0, max = EVENTS_MAX, example = "6")
    })
    public Uni<Response> begin(byte @Nullable [] body) {
        JsonObject asked = Asked.object(body);
        EventQuery query = EventQuery.read(
                Asked.text(asked, "id"),
                Asked.text(asked, "type"),
                Asked.text(asked, "customer"),
                Asked.text(asked, "object"),
                Asked.text(asked, "payment"),
                Asked.text(asked, "from"),
                Asked.text(asked, "to"));
        if (query.isEmpty()) {
            throw Problem.badRequest("replay_of_everything", "Say which events: all of them is not an answer.")
                    .exception();
        }
        boolean isReal = Asked.isReal(asked);
        return log.select(query, IDS_SHOWN)
                .chain(selection -> isReal
                        ? begin(query, selection, asked.getValue("expect"))
                        : Uni.createFrom().item(Response.ok(dryRun(selection)).build()));
    }

    @GET
    public Uni<List<Replay>> latest() {
        return replays.latest();
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Uni<Replay> one(@PathParam("id") long id) {
        return replays.find(id)
                .map(found -> found.orElseThrow(() -> Problem.notFound().exception()));
    }

    /** What is out is out; the rest stays where it is. */
    @POST
    @Path("{id: [0-9]{1,18}}/abort")
    public Uni<Replay> abort(@PathParam("id") long id) {
        return replays.abort(id)
                .map(found -> found.orElseThrow(
                        () -> Problem.conflict("replay_not_running", "There is no such replay, or it is over.")
                                .exception()));
    }

    private Uni<Response> begin(EventQuery query, Selection selection, @Nullable Object expected) {
        if (!(expected instanceof Number number) || number.longValue() != selection.events()) {
            throw Problem.conflict(
                            "expectation_differs",
                            "It would be " + selection.events() + " events. Say so in expect, after a dry run.")
                    .exception();
        }
        return replays.begin(query, selection, identity.getPrincipal().getName())
                .map(replay -> Response.accepted(replay).build());
    }

    private static DryRunView dryRun(Selection selection) {
        return new DryRunView(true, selection.events(), selection.purged(), selection.ids());
    }
}
