package dev.quittance.voucher.wallet;

import dev.quittance.voucher.caller.Caller;
import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.problem.Problem;
import dev.quittance.voucher.wallet.RevealOutcome.AlreadyRevealed;
import dev.quittance.voucher.wallet.RevealOutcome.NotFound;
import dev.quittance.voucher.wallet.RevealOutcome.Revealed;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One's own vouchers over HTTP. */
@Path("/api/vouchers")
@RolesAllowed("authenticated")
@Produces(MediaType.APPLICATION_JSON)
class WalletResource {
    private static final int UUID_LENGTH = 36;

    private final WalletHandler handler;
    private final Caller caller;

    WalletResource(WalletHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** The code, this once. */
    record CodeView(String code) {}

    @GET
    public Uni<Response> list(@RestQuery @Nullable String after) {
        if (after == null) {
            return page(null);
        }
        return uuid(after)
                .map(this::page)
                .orElseGet(() -> Uni.createFrom()
                        .item(Problem.response(ErrorCode.REQUEST_INVALID, "after is not a voucher's id")));
    }

    @POST
    @Path("/{id}/reveal")
    public Uni<Response> reveal(@PathParam("id") String id) {
        UUID owner = caller.userId();
        return uuid(id).map(voucherId -> handler.reveal(voucherId, owner).map(WalletResource::response))
                .orElseGet(() -> Uni.createFrom().item(Problem.response(ErrorCode.VOUCHER_NOT_FOUND)));
    }

    private Uni<Response> page(@Nullable UUID after) {
        return handler.page(caller.userId(), after)
                .map(page -> Response.ok(page)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    private static Response response(RevealOutcome outcome) {
        return switch (outcome) {
            case Revealed revealed ->
                Response.ok(new CodeView(revealed.code().formatted()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case AlreadyRevealed() -> Problem.response(ErrorCode.ALREADY_REVEALED);
            case NotFound() -> Problem.response(ErrorCode.VOUCHER_NOT_FOUND);
        };
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == UUID_LENGTH ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
