package dev.quittance.provisioning.access;

import static java.util.Objects.requireNonNull;

import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import dev.quittance.provisioning.http.Caller;
import dev.quittance.provisioning.http.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in user's account: what it is, what it gives, and why. */
@Path("/api/account")
public class AccountResource {
    private static final Set<String> MAY_CHANGE = Set.of("markedInactive");

    private final AccountReadStore accounts;
    private final AccessReviewHandler reviews;
    private final Caller user;
    private final InstantSource clock;
    private final Policy policy;

    AccountResource(
            AccountReadStore accounts,
            AccessReviewHandler reviews,
            Caller user,
            InstantSource clock,
            AccessConfig config) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.reviews = requireNonNull(reviews, "reviews is null");
        this.user = requireNonNull(user, "user is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.policy = config.policy();
    }

    /** What the user sees of the account. */
    public record Body(
            UUID userId,
            @Nullable String email,
            String accountNumber,
            String status,
            @Nullable Instant expiry,
            int maxDevices,
            boolean canAddDevices,
            boolean canAddPorts,
            int maxPorts,
            @Nullable String cryptotoken,
            boolean markedInactive,
            @Nullable String appleReceipt,
            @Nullable String appleApiResponse,
            Answer access) {
        static Body of(AccountView account, Access access) {
            return new Body(
                    account.userId(),
                    account.email(),
                    account.accountNumber(),
                    account.status(),
                    account.expiry(),
                    account.maxDevices(),
                    account.canAddDevices(),
                    account.canAddPorts(),
                    account.maxPorts(),
                    account.cryptotoken(),
                    account.markedInactive(),
                    account.appleReceipt(),
                    account.appleApiResponse(),
                    new Answer(access.active(), access.until(), access.reasons().getFirst(), access.reasons()));
        }
    }

    /**
     * @param reason the first of the reasons
     */
    public record Answer(boolean active, @Nullable Instant until, String reason, List<String> reasons) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("authenticated")
    public Uni<Body> account() {
        return accounts.find(user.userId())
                .map(found ->
                        found.orElseThrow(() -> new Problem(404, "ACCOUNT_NOT_FOUND", "This user has no account yet.")))
                .map(found -> Body.of(found.account(), AccessRules.access(found.inputs(), policy, clock.instant())));
    }

    /** A user may pause the account and go on with it; everything else follows from what is paid. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("authenticated")
    @Takes(@Field(value = "markedInactive", kind = Kind.FLAG, example = "true"))
    public Uni<Body> change(byte @Nullable [] body) {
        UUID userId = user.userId();
        boolean isInactive = markedInactive(body);
        return reviews.mark(userId, isInactive).chain(this::account);
    }

    private static boolean markedInactive(byte @Nullable [] body) {
        JsonObject json = object(body);
        if (!MAY_CHANGE.containsAll(json.fieldNames())) {
            throw new Problem(400, "FIELD_UNKNOWN", "Only markedInactive can be changed.");
        }
        if (json.getValue("markedInactive") instanceof Boolean isInactive) {
            return isInactive;
        }
        throw new Problem(400, "FIELD_INVALID", "The field markedInactive must be true or false.");
    }

    private static JsonObject object(byte @Nullable [] body) {
        try {
            if (body != null && body.length > 0) {
                return new JsonObject(Buffer.buffer(body));
            }
        } catch (DecodeException | ClassCastException _) {
            // Answered below, like a body that is not there.
        }
        throw new Problem(400, "BODY_MALFORMED", "The body must be a JSON object.");
    }
}
