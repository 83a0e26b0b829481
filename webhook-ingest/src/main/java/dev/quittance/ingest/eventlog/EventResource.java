package dev.quittance.ingest.eventlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.quittance.ingest.caller.Asked;
import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.eventlog.EventSearchStore.Found;
import dev.quittance.ingest.problem.Problem;
import dev.quittance.ingest.trace.Trace;
import dev.quittance.ingest.trace.Tracer;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The log over HTTP. An operator sees everything, support sees nothing personal. */
@Path("/api/admin/events")
@RolesAllowed({Roles.OPERATOR, Roles.SUPPORT})
@Produces(MediaType.APPLICATION_JSON)
class EventResource {
    static final int PAGE_DEFAULT = 50;
    static final int PAGE_MAX = 500;
    static final int TRACE_DEFAULT = 25;
    static final int TRACE_MAX = 100;

    private final EventSearchStore store;
    private final EventLogConfig config;
    private final SecurityIdentity identity;
    private final Tracer tracer;

    EventResource(EventSearchStore store, EventLogConfig config, SecurityIdentity identity, Tracer tracer) {
        this.store = store;
        this.config = config;
        this.identity = identity;
        this.tracer = tracer;
    }

    /**
     * A page, newest first.
     *
     * @param next what to ask {@code before} for the next page; absent on the last
     * @param effects of the purchases that the events belong to; only where that was asked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageView(List<EventView> events, @Nullable Long next, Trace.@Nullable Effects effects) {
        PageView {
            events = List.copyOf(events);
        }

        PageView with(Trace trace) {
            return new PageView(
                    events.stream().map(event -> event.withTrace(trace)).toList(), next, trace.effects());
        }
    }

    @GET
    public Uni<Response> list(
            @RestQuery @Nullable String id,
            @RestQuery @Nullable String type,
            @RestQuery @Nullable String customer,
            @RestQuery @Nullable String object,
            @RestQuery @Nullable String payment,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String before,
            @RestQuery @Nullable String limit) {
        EventQuery query = EventQuery.read(id, type, customer, object, payment, from, to);
        int size = Math.toIntExact(Asked.whole(limit, "limit", PAGE_DEFAULT, PAGE_MAX));
        return store.page(query, Asked.whole(before, "before", Long.MAX_VALUE, Long.MAX_VALUE), size + 1)
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .map(found -> unkept(page(found, size)));
    }

    /** What became of all that a customer or a payment was told by, newest first, a page at a time. */
    @GET
    @Path("trace")
    public Uni<Response> trace(
            @RestQuery @Nullable String customer,
            @RestQuery @Nullable String payment,
            @RestQuery @Nullable String before,
            @RestQuery @Nullable String limit) {
        if (customer == null && payment == null) {
            throw Problem.badRequest("trace_of_what", "customer or payment says what is to be followed.")
                    .exception();
        }
        EventQuery query = EventQuery.read(null, null, customer, null, payment, null, null);
        int size = Math.toIntExact(Asked.whole(limit, "limit", TRACE_DEFAULT, TRACE_MAX));
        return store.page(query, Asked.whole(before, "before", Long.MAX_VALUE, Long.MAX_VALUE), size + 1)
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .map(found -> page(found, size))
                .chain(this::followed);
    }

    /** Every account's event of this id; as good as always there is one. */
    @GET
    @Path("{id: [A-Za-z0-9_]{1,255}}")
    public Uni<Response> one(@PathParam("id") String id) {
        return store.find(id).ifNoItem().after(config.requestTimeout()).fail().chain(found -> {
            if (found.isEmpty()) {
                throw Problem.notFound().exception();
            }
            return followed(new PageView(found.stream().map(this::shown).toList(), null, null));
        });
    }

    private Uni<Response> followed(PageView page) {
        return tracer.follow(page.events().stream().map(EventView::traced).toList())
                .map(trace -> unkept(page.with(trace)));
    }

    private EventView shown(Found found) {
        byte[] packed = found.packed();
        if (packed == null) {
            return found.event();
        }
        byte[] body = PackedBody.unpack(packed, found.event().bodyBytes());
        boolean isMasked = !identity.hasRole(Roles.OPERATOR);
        return found.event()
                .withBody(isMasked, isMasked ? MaskRules.mask(body) : new String(body, StandardCharsets.UTF_8));
    }

    private static PageView page(List<EventView> found, int size) {
        return found.size() <= size
                ? new PageView(found, null, null)
                : new PageView(found.subList(0, size), found.get(size - 1).position(), null);
    }

    private static Response unkept(PageView page) {
        return Response.ok(page).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
