package dev.quittance.billing.buying;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.cart.CartLine;
import dev.quittance.billing.cart.CartRules;
import dev.quittance.billing.problem.Problem;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Buying over HTTP. */
@Path("/api/checkout")
@RolesAllowed(Roles.USER)
@Produces(MediaType.APPLICATION_JSON)
class CheckoutResource {
    private static final String KEY = "Idempotency-Key";
    private static final Pattern SESSION = Pattern.compile("cs_[0-9a-zA-Z_]{1,200}");

    private final PointsCheckoutHandler points;
    private final StripeCheckoutHandler stripe;
    private final SaleStore sales;
    private final SessionStore sessions;
    private final CheckoutConfig config;
    private final Caller caller;
    private final InstantSource clock;

    CheckoutResource(
            PointsCheckoutHandler points,
            StripeCheckoutHandler stripe,
            SaleStore sales,
            SessionStore sessions,
            CheckoutConfig config,
            Caller caller,
            InstantSource clock) {
        this.points = points;
        this.stripe = stripe;
        this.sales = sales;
        this.sessions = sessions;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    /** What is in the cart, or the {@code items} that the body names. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(
                value = "payment_method",
                words = {"stripe", "points"}),
        @Field(value = "items", kind = Kind.LIST, optional = true, min = 0, max = CartRules.LINES_MAX),
        @Field(value = "items[].productId", format = "uuid", example = "6f1f4a52-8d0a-4c57-9c39-0d0a5f0f1a11"),
        @Field(value = "items[].quantity", kind = Kind.WHOLE, max = CartLine.QUANTITY_MAX, example = "2"),
        @Field(
                value = "total",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = CheckoutRequest.TOTAL_MAX,
                example = "3000")
    })
    public Uni<CheckoutView> buy(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        CheckoutRequest request =
                CheckoutRequest.read(caller.userId(), caller.email(), Caller.idempotencyKey(header), body, expiry());
        if (request.byPoints()) {
            return points.buy(request).map(CheckoutView::of);
        }
        return stripe.buy(
                        request.userId(),
                        request.key(),
                        request.fingerprint(),
                        caller.traceparent(),
                        transaction -> points.draft(transaction, request))
                .map(CheckoutView::of);
    }

    @POST
    @Path("points")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "packageId", max = SaleRequest.REFERENCE_MAX, example = "basic"),
        @Field(
                value = "points",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "500"),
        @Field(
                value = "price",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "900")
    })
    public Uni<CheckoutView> buyPoints(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        return buy("points", body, header);
    }

    @POST
    @Path("credits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "plan", max = SaleRequest.REFERENCE_MAX, example = "pro"),
        @Field(
                value = "credits",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "550"),
        @Field(
                value = "price",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "900")
    })
    public Uni<CheckoutView> buyCredits(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        return buy("credits", body, header);
    }

    @POST
    @Path("voucher")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "priceId", max = SaleRequest.REFERENCE_MAX, example = "price_1"),
        @Field(value = "quantity", kind = Kind.WHOLE, optional = true, max = SaleRequest.QUANTITY_MAX, example = "2"),
        @Field(
                value = "price",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "900")
    })
    public Uni<CheckoutView> buyVoucher(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        return buy("voucher", body, header);
    }

    @POST
    @Path("subscription")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "priceId", max = SaleRequest.REFERENCE_MAX, example = "price_1"),
        @Field(
                value = "price",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = SaleRequest.NUMBER_MAX,
                example = "900")
    })
    public Uni<CheckoutView> subscribe(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String header) {
        return buy("subscription", body, header);
    }

    /** What became of the buyer's own session. */
    @GET
    @Path("{session}")
    public Uni<SessionView> state(@PathParam("session") String session) {
        if (!SESSION.matcher(session).matches()) {
            throw Problem.BAD_REQUEST.exception("the session is to be a checkout session's id");
        }
        return sessions.find(caller.userId(), session).map(found -> found.orElseThrow(Problem.NOT_FOUND::exception));
    }

    private Uni<CheckoutView> buy(String type, byte @Nullable [] body, @Nullable String header) {
        SaleRequest request =
                SaleRequest.read(caller.userId(), caller.email(), Caller.idempotencyKey(header), type, body, expiry());
        return stripe.buy(
                        request.userId(),
                        request.key(),
                        request.fingerprint(),
                        caller.traceparent(),
                        transaction -> sales.find(transaction, type, request.reference())
                                .map(sale -> request.draft(sale.orElseThrow(Problem.PRODUCT_UNKNOWN::exception))))
                .map(CheckoutView::of);
    }

    private Instant expiry() {
        return clock.instant().plus(config.life());
    }
}
