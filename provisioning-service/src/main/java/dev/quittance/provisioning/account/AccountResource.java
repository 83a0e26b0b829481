package dev.quittance.provisioning.account;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.account.AccessRules.Access;
import dev.quittance.provisioning.http.Problem;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** The signed-in user's account. */
@Path("/api/account")
public class AccountResource {
    private final AccountOverviews overviews;
    private final JsonWebToken token;
    private final InstantSource clock;

    AccountResource(AccountOverviews overviews, JsonWebToken token, InstantSource clock) {
        this.overviews = requireNonNull(overviews, "overviews is null");
        this.token = requireNonNull(token, "token is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What the user sees of the account. */
    public record Body(
            UUID userId,
            @Nullable String email,
            String accountNumber,
            String status,
            @Nullable Instant expiry,
            Access access) {
        static Body of(AccountOverview account, Instant now) {
            return new Body(
                    account.userId(),
                    account.email(),
                    account.accountNumber(),
                    account.status(),
                    account.expiry(),
                    AccessRules.access(account.status(), account.isMarkedInactive(), account.expiry(), now));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("authenticated")
    @WithSession
    public Uni<Body> account() {
        return overviews
                .findById(subject())
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(404, "ACCOUNT_NOT_FOUND", "This user has no account yet."))
                .map(found -> Body.of(found, clock.instant()));
    }

    private UUID subject() {
        try {
            return UUID.fromString(token.getSubject());
        } catch (IllegalArgumentException | NullPointerException _) {
            throw new Problem(401, "SUBJECT_UNKNOWN", "The token's subject is not a user of ours.");
        }
    }
}
