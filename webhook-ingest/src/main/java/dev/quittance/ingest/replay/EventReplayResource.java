package dev.quittance.ingest.replay;

import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.eventlog.EventQuery;
import dev.quittance.ingest.eventlog.EventSourceStore;
import dev.quittance.ingest.problem.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** One event again, which needs no dry run. */
@Path("/api/admin/events/{id: [A-Za-z0-9_]{1,255}}/replay")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class EventReplayResource {
    private final ReplayStore replays;
    private final EventSourceStore log;
    private final SecurityIdentity identity;

    EventReplayResource(ReplayStore replays, EventSourceStore log, SecurityIdentity identity) {
        this.replays = replays;
        this.log = log;
        this.identity = identity;
    }

    @POST
    public Uni<Response> replay(@PathParam("id") String id) {
        EventQuery query = EventQuery.of(id);
        return log.select(query, 1).chain(selection -> {
            if (selection.events() == 0) {
                throw Problem.notFound().exception();
            }
            if (selection.purged() == selection.events()) {
                throw Problem.conflict("event_purged", "Its body is no longer kept.")
                        .exception();
            }
            return replays.begin(query, selection, identity.getPrincipal().getName())
                    .map(replay -> Response.accepted(replay).build());
        });
    }
}
