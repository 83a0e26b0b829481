package dev.quittance.billing.buying;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Buying over HTTP. */
@Path("/api/checkout")
@RolesAllowed(Roles.USER)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class CheckoutResource {
    private static final String KEY = "Idempotency-Key";

    private final PointsCheckoutHandler points;
    private final CheckoutConfig config;
    private final Caller caller;

    CheckoutResource(PointsCheckoutHandler points, CheckoutConfig config, Caller caller) {
        this.points = points;
        this.config = config;
        this.caller = caller;
    }

    /** What is in the cart, or the {@code items} that the body names. */
    @POST
    public Uni<CheckoutView> buy(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        CheckoutRequest request = CheckoutRequest.read(
                caller.userId(),
                caller.email(),
                Caller.idempotencyKey(header),
                body,
                Instant.now().plus(config.life()));
        if (!request.byPoints()) {
            throw Problem.STRIPE_NOT_CONFIGURED.exception();
        }
        return points.buy(request).map(CheckoutView::of);
    }
}
