package dev.quittance.provisioning.mismatch;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.JsonBody;
import dev.quittance.provisioning.http.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a mailed token is used: it proves the mailbox, and the caller's own token says whose account the purchase goes to. */
@Path("/api/account/claims")
@RolesAllowed("authenticated")
public class ClaimResource {
    private final ClaimStore claims;
    private final DecisionHandler decisions;
    private final Caller caller;
    private final InstantSource clock;

    ClaimResource(ClaimStore claims, DecisionHandler decisions, Caller caller, InstantSource clock) {
        this.claims = requireNonNull(claims, "claims is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Takes(
            @Field(
                    value = "token",
                    pattern = ClaimToken.PATTERN,
                    min = ClaimToken.LENGTH,
                    max = ClaimToken.LENGTH,
                    example = "qJ4iSc1aGmR0oUtTgQv8h5wXkN2bY7eLzD3fP6sA9uE"))
    public Uni<Void> claim(byte @Nullable [] body) {
        UUID userId = caller.userId();
        String token = JsonBody.read(body).text("token");
        if (!ClaimToken.isForm(token)) {
            throw unknown();
        }
        return claims.find(new ClaimToken(token))
                .map(found -> found.orElseThrow(ClaimResource::unknown))
                .chain(found -> claim(found, userId));
    }

    private Uni<Void> claim(ClaimStore.Found found, UUID userId) {
        if (found.isUsed()) {
            throw new Problem(409, "CLAIM_USED", "The link was used before.");
        }
        if (!clock.instant().isBefore(found.expiresAt())) {
            throw new Problem(410, "CLAIM_EXPIRED", "The link has expired.");
        }
        Long mismatchId = found.mismatchId();
        if (mismatchId == null) {
            throw new Problem(409, "CLAIM_SETTLED", "It is known already whose the purchase is.");
        }
        return claims.use(found.id(), userId, clock.instant()).chain(isFirst -> {
            if (!isFirst) {
                throw new Problem(409, "CLAIM_USED", "The link was used before.");
            }
            return decisions
                    .decide(mismatchId, Decision.byClaim(userId))
                    .invoke(ClaimResource::refuse)
                    .replaceWithVoid();
        });
    }

    private static void refuse(DecisionOutcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case USER_UNKNOWN ->
                throw new Problem(401, "SUBJECT_UNKNOWN", "The token's subject is not a user of ours.");
            case MISMATCH_GONE, USER_NEEDED, ALREADY_SETTLED ->
                throw new Problem(409, "CLAIM_SETTLED", "It is known already whose the purchase is.");
        }
    }

    private static Problem unknown() {
        return new Problem(404, "CLAIM_UNKNOWN", "There is no such link.");
    }
}
