package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.provisioning.http.JsonBody;
import dev.quittance.provisioning.http.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** The operator's side of identities that the rules could not decide. */
@Path("/api/admin/customers")
@RolesAllowed({"service_role", "operator"})
@Produces(MediaType.APPLICATION_JSON)
public class MismatchResource {
    private static final int PAGE_MAX = 100;
    private static final int MENDED_MAX = 1_000;

    private final MismatchStore mismatches;
    private final DecisionHandler decisions;
    private final JsonWebToken token;

    MismatchResource(MismatchStore mismatches, DecisionHandler decisions, JsonWebToken token) {
        this.mismatches = requireNonNull(mismatches, "mismatches is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
        this.token = requireNonNull(token, "token is null");
    }

    /**
     * @param next where the next page starts; null on the last one
     */
    public record Page(
            List<MismatchView> mismatches, @Nullable Long next) {}

    /** What was done. */
    public record Mended(List<UUID> users) {}

    @GET
    @Path("/mismatches")
    public Uni<Page> queue(@QueryParam("after") @DefaultValue("0") String after) {
        return mismatches
                .page(cursor(after), PAGE_MAX)
                .map(page -> new Page(
                        page, page.size() < PAGE_MAX ? null : page.getLast().id()));
    }

    @POST
    @Path("/mismatches/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(
                value = "decision",
                words = {"assign", "keep"}),
        @Field(value = "userId", optional = true, format = "uuid", example = "6f1f4a52-8d0a-4c57-9c39-0d0a5f0f1a11")
    })
    public Uni<Void> decide(@PathParam("id") String id, byte @Nullable [] body) {
        JsonBody json = JsonBody.read(body);
        String decision = json.text("decision");
        Decision taken = switch (decision) {
            case "assign" -> new Decision(json.uuid("userId"), "operator:" + token.getSubject());
            case "keep" -> new Decision(null, "operator:" + token.getSubject());
            default -> throw new Problem(400, "DECISION_UNKNOWN", "A decision is assign or keep.");
        };
        return decisions
                .decide(number(id), taken)
                .invoke(MismatchResource::refuse)
                .replaceWithVoid();
    }

    /** Finds auth users without a profile, and makes it. */
    @POST
    @Path("/profiles/mend")
    public Uni<Mended> mend() {
        return mismatches.mendProfiles(MENDED_MAX).map(Mended::new);
    }

    private static void refuse(DecisionOutcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case MISMATCH_GONE ->
                throw new Problem(404, "MISMATCH_NOT_FOUND", "There is no such mismatch, or it was decided already.");
            case USER_UNKNOWN -> throw new Problem(422, "USER_UNKNOWN", "There is no such user.");
            case USER_NEEDED ->
                throw new Problem(422, "USER_NEEDED", "A purchase waits for this: it must be assigned to a user.");
            case ALREADY_SETTLED ->
                throw new Problem(409, "ALREADY_SETTLED", "The purchase went to a user already, for good.");
        }
    }

    private static long number(String text) {
        return parsed(text)
                .orElseThrow(() -> new Problem(
                        404, "MISMATCH_NOT_FOUND", "There is no such mismatch, or it was decided already."));
    }

    private static long cursor(String text) {
        return parsed(text).orElseThrow(() -> new Problem(400, "CURSOR_MALFORMED", "after must be what next was."));
    }

    private static OptionalLong parsed(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
