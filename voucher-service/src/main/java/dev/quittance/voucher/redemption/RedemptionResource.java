package dev.quittance.voucher.redemption;

import dev.quittance.contracts.topic.Headers;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.telemetry.trace.Span;
import dev.quittance.telemetry.trace.Tracing;
import dev.quittance.voucher.caller.Caller;
import dev.quittance.voucher.code.VoucherCode;
import dev.quittance.voucher.guessing.GuessGuard;
import dev.quittance.voucher.guessing.GuessTicket;
import dev.quittance.voucher.guessing.GuessVerdict;
import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.problem.Problem;
import dev.quittance.voucher.redemption.RedemptionOutcome.Redeemed;
import dev.quittance.voucher.redemption.RedemptionOutcome.Refused;
import dev.quittance.voucher.redemption.RedemptionOutcome.Repeated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Redeeming over HTTP. The body is taken as bytes, so that whatever is sent gets an answer of ours. */
@Path("/api/vouchers/redeem")
@RolesAllowed("authenticated")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RedemptionResource {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final RedemptionHandler handler;
    private final GuessGuard guard;
    private final Caller caller;
    private final Tracing tracing;

    RedemptionResource(RedemptionHandler handler, GuessGuard guard, Caller caller, Tracing tracing) {
        this.handler = handler;
        this.guard = guard;
        this.caller = caller;
        this.tracing = tracing;
    }

    @POST
    @Takes({
        @Field(value = "code", max = VoucherCode.INPUT_LENGTH_MAX, example = "7K3M-9QX2-4TBN-W8ZR"),
        @Field(
                value = "accountNumber",
                optional = true,
                max = RedemptionRules.ACCOUNT_INPUT_LENGTH_MAX,
                example = "4111 1111 1111 1111")
    })
    public Uni<Response> redeem(
            byte @Nullable [] body,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam(Headers.TRACEPARENT) @Nullable String traceparent,
            @Context HttpServerRequest request) {
        if (idempotencyKey != null && !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            return Uni.createFrom().item(Problem.response(ErrorCode.IDEMPOTENCY_KEY_INVALID));
        }
        return switch (RedemptionBody.read(body == null ? new byte[0] : body)) {
            case RedemptionBody.Invalid(ErrorCode code, String detail) ->
                Uni.createFrom().item(Problem.response(code, detail));
            case RedemptionBody.Read read -> {
                UUID user = caller.userId();
                SocketAddress address = request.remoteAddress();
                yield guard.admit(user, String.valueOf(address == null ? null : address.hostAddress()))
                        .chain(verdict -> switch (verdict) {
                            case GuessVerdict.Limited(Duration retryAfter) ->
                                Uni.createFrom().item(Problem.limited(retryAfter));
                            case GuessVerdict.Admitted(GuessTicket ticket) -> {
                                Span span = tracing.begin(
                                        Span.Kind.SERVER, "POST /api/vouchers/redeem", traceparent, Map.of());
                                yield attempt(
                                                command(user, read, idempotencyKey, span.traceparentOr(traceparent)),
                                                ticket)
                                        .invoke(span::end);
                            }
                        });
            }
        };
    }

    private Uni<Response> attempt(RedeemVoucher command, GuessTicket ticket) {
        return handler.redeem(command)
                .call(outcome -> switch (RedemptionRules.guess(outcome)) {
                    case NONE -> guard.forgive(ticket);
                    case FAILED -> guard.failed();
                    case UNDECIDED -> Uni.createFrom().voidItem();
                })
                .map(RedemptionResource::response);
    }

    private static RedeemVoucher command(
            UUID user, RedemptionBody.Read read, @Nullable String idempotencyKey, @Nullable String traceparent) {
        return new RedeemVoucher(
                user,
                VoucherCode.readAny(read.code()),
                read.accountNumber().map(RedemptionRules::accountNumber),
                Optional.ofNullable(idempotencyKey),
                Optional.ofNullable(traceparent)
                        .filter(trace -> TRACEPARENT.matcher(trace).matches()));
    }

    private static Response response(RedemptionOutcome outcome) {
        return switch (outcome) {
            case Redeemed(RedemptionView view) -> ok(view);
            case Repeated(RedemptionView view) -> ok(view);
            case Refused(ErrorCode reason) -> Problem.response(reason);
        };
    }

    private static Response ok(RedemptionView view) {
        return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
