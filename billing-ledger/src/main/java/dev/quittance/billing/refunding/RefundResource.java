package dev.quittance.billing.refunding;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
import dev.quittance.billing.refunding.RefundStore.Known;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refunds for whoever runs the shop. */
@Path("/api/admin/refunds")
@RolesAllowed(Roles.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RefundResource {
    private final RefundHandler handler;

    RefundResource(RefundHandler handler) {
        this.handler = handler;
    }

    /**
     * The answer.
     *
     * @param state {@code made}, or {@code asked} while Stripe's answer is not known
     */
    record RefundView(
            String state,
            @Nullable String refundId,
            @Nullable String refundStatus) {}

    @POST
    @Takes({
        @Field(
                value = "paymentIntent",
                optional = true,
                pattern = RefundBody.STRIPE_ID,
                max = RefundBody.ID_MAX,
                example = "pi_1"),
        @Field(
                value = "charge",
                optional = true,
                pattern = RefundBody.STRIPE_ID,
                max = RefundBody.ID_MAX,
                example = "ch_1"),
        @Field(value = "amountMinor", kind = Kind.WHOLE, optional = true, max = RefundBody.AMOUNT_MAX, example = "500"),
        @Field(
                value = "reason",
                optional = true,
                words = {"requested_by_customer", "duplicate", "fraudulent"}),
        @Field(
                value = "stripeAccount",
                optional = true,
                pattern = RefundBody.STRIPE_ID,
                max = RefundBody.ID_MAX,
                example = "acct_1")
    })
    public Uni<Response> refund(byte @Nullable [] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        RefundRequest request = RefundBody.read(Caller.idempotencyKey(key), body);
        if (!handler.canAsk()) {
            throw Problem.STRIPE_NOT_CONFIGURED.exception();
        }
        return handler.refund(request).map(known -> answer(request, known));
    }

    private static Response answer(RefundRequest request, Known known) {
        if (!known.request().equals(request)) {
            throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
        }
        if (known.refusedCode() != null) {
            throw Problem.REFUND_REFUSED.exception(Map.of("reason", known.refusedCode()));
        }
        Response.Status status = known.refundId() == null ? Response.Status.ACCEPTED : Response.Status.OK;
        return Response.status(status)
                .entity(new RefundView(known.state(), known.refundId(), known.refundStatus()))
                .build();
    }
}
