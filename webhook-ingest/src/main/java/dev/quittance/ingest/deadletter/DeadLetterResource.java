package dev.quittance.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.ingest.caller.Asked;
import dev.quittance.ingest.caller.Roles;
import dev.quittance.ingest.deadletter.DeadLetterHandler.Outcome;
import dev.quittance.ingest.problem.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Dead letters over HTTP, for operators. */
@Path("/api/admin/dead-letters")
@RolesAllowed(Roles.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
class DeadLetterResource {
    private static final int PAGE_DEFAULT = 50;
    private static final int PAGE_MAX = 500;
    private static final int REASON_CHARS_MAX = 500;

    private final DeadLetterStore store;
    private final DeadLetterHandler handler;
    private final SecurityIdentity identity;

    DeadLetterResource(DeadLetterStore store, DeadLetterHandler handler, SecurityIdentity identity) {
        this.store = store;
        this.handler = handler;
        this.identity = identity;
    }

    /** A page, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageView(List<LetterView> letters, @Nullable Long next) {
        PageView {
            letters = List.copyOf(letters);
        }
    }

    /** One letter with what is in it, as far as it is text. */
    record WholeView(
            @JsonUnwrapped LetterView letter,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable String body) {
        WholeView {
            headers = new TreeMap<>(headers);
        }
    }

    @GET
    public Uni<Response> list(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String group,
            @RestQuery @Nullable String event,
            @RestQuery @Nullable String before,
            @RestQuery @Nullable String limit) {
        int size = Math.toIntExact(Asked.whole(limit, "limit", PAGE_DEFAULT, PAGE_MAX));
        long from = Asked.whole(before, "before", Long.MAX_VALUE, Long.MAX_VALUE);
        return store.page(
                        Asked.name(state, "state"),
                        Asked.name(group, "group"),
                        Asked.name(event, "event"),
                        from,
                        size + 1)
                .map(found -> unkept(
                        found.size() <= size
                                ? new PageView(found, null)
                                : new PageView(
                                        found.subList(0, size),
                                        found.get(size - 1).id())));
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Uni<Response> one(@PathParam("id") long id) {
        return store.find(id)
                .map(found ->
                        unkept(whole(found.orElseThrow(() -> Problem.notFound().exception()))));
    }

    @POST
    @Path("{id: [0-9]{1,18}}/replay")
    public Uni<Response> replay(@PathParam("id") long id) {
        return handler.replay(id, by()).chain(outcome -> answer(id, outcome));
    }

    /** {@code {"reason":".."}} */
    @POST
    @Path("{id: [0-9]{1,18}}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(@Field(value = "reason", max = REASON_CHARS_MAX, example = "a test of ours"))
    public Uni<Response> discard(@PathParam("id") long id, byte @Nullable [] body) {
        String reason = Asked.object(body).getString("reason", "").strip();
        if (reason.isEmpty() || reason.length() > REASON_CHARS_MAX || reason.indexOf('\0') >= 0) {
            throw Problem.badRequest(
                            "reason_missing", "A reason of 1 to " + REASON_CHARS_MAX + " characters is to be given.")
                    .exception();
        }
        return handler.discard(id, by(), reason).chain(outcome -> answer(id, outcome));
    }

    private Uni<Response> answer(long id, Outcome outcome) {
        return switch (outcome) {
            case DONE -> one(id);
            case NOT_OPEN ->
                store.find(id).map(found -> {
                    throw (found.isEmpty()
                                    ? Problem.notFound()
                                    : Problem.conflict("dead_letter_decided", "This was decided before."))
                            .exception();
                });
            case NOT_REPLAYABLE ->
                throw Problem.conflict(
                                "dead_letter_not_replayable", "It does not say which of our topics it came from.")
                        .exception();
        };
    }

    private String by() {
        return identity.getPrincipal().getName();
    }

    private static WholeView whole(LetterView letter) {
        Map<String, String> headers = new TreeMap<>();
        LetterHeaders.read(letter.content().headers())
                .forEach(header -> headers.put(header.key(), text(header.value())));
        byte @Nullable [] key = letter.content().key();
        byte @Nullable [] body = letter.content().body();
        return new WholeView(letter, key == null ? null : text(key), headers, body == null ? null : text(body));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Response unkept(Object view) {
        return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
