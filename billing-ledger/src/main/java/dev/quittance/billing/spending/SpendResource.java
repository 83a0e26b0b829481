package dev.quittance.billing.spending;

import dev.quittance.billing.caller.Caller;
import dev.quittance.billing.caller.Roles;
import dev.quittance.billing.problem.Problem;
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
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Spending over HTTP. */
@Path("/api")
@RolesAllowed(Roles.USER)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class SpendResource {
    private static final String KEY = "Idempotency-Key";

    private final SpendHandler handler;
    private final Caller caller;

    SpendResource(SpendHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** The answer. */
    record SpentView(UUID spendId, String unit, long amount, long balance) {}

    @POST
    @Path("credits/consume")
    @Takes({
        @Field(value = "amount", kind = Kind.WHOLE, max = Spend.AMOUNT_MAX, example = "5"),
        @Field(value = "description", optional = true, max = Spend.DESCRIPTION_MAX, example = "An image")
    })
    public Uni<SpentView> consumeCredits(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String key) {
        return spend("credits", body, key);
    }

    @POST
    @Path("points/spend")
    @Takes({
        @Field(value = "amount", kind = Kind.WHOLE, max = Spend.AMOUNT_MAX, example = "5"),
        @Field(value = "description", optional = true, max = Spend.DESCRIPTION_MAX, example = "An image")
    })
    public Uni<SpentView> spendPoints(byte @Nullable [] body, @HeaderParam(KEY) @Nullable String key) {
        return spend("points", body, key);
    }

    private Uni<SpentView> spend(String unit, byte @Nullable [] bytes, @Nullable String header) {
        UUID user = caller.userId();
        String key = Caller.idempotencyKey(header);
        SpendBody body = SpendBody.read(bytes);
        return handler.spend(new Spend(user, key, unit, body.amount(), body.description(), null))
                .map(SpendResource::answer);
    }

    private static SpentView answer(SpendOutcome outcome) {
        return switch (outcome) {
            case SpendOutcome.Spent(UUID id, String unit, long amount, long balance) ->
                new SpentView(id, unit, amount, balance);
            case SpendOutcome.Insufficient(String unit, long amount, long balance) ->
                throw Problem.INSUFFICIENT_BALANCE.exception(
                        Map.of("unit", unit, "amount", amount, "balance", balance));
            case SpendOutcome.KeyReused() -> throw Problem.IDEMPOTENCY_KEY_REUSED.exception();
        };
    }
}
