package dev.quittance.voucher.gift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.voucher.caller.Caller;
import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Giving a voucher away over HTTP: {@code {"email": "..."}}. */
@Path("/api/vouchers/{id}/send")
@RolesAllowed("authenticated")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class GiftResource {
    private static final int ACCEPTED = 202;
    private static final int UUID_LENGTH = 36;
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])");
    private static final ObjectReader READER = JsonMapper.builder().build().reader();

    private final Pool pool;
    private final GiftStore store;
    private final GiftConfig config;
    private final Caller caller;
    private final InstantSource clock;

    GiftResource(Pool pool, GiftStore store, GiftConfig config, Caller caller, InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Takes(@Field(value = "email", format = "email", min = 3, max = EMAIL_LENGTH_MAX, example = "friend@example.com"))
    public Uni<Response> send(@PathParam("id") String id, byte @Nullable [] body) {
        Optional<String> email = email(body == null ? new byte[0] : body);
        if (!config.enabled()) {
            return problem(ErrorCode.MAIL_NOT_CONFIGURED);
        }
        if (email.isEmpty()) {
            return Uni.createFrom().item(Problem.response(ErrorCode.REQUEST_INVALID, "email is not an address"));
        }
        if (id.length() != UUID_LENGTH || !isUuid(id)) {
            return problem(ErrorCode.VOUCHER_NOT_FOUND);
        }
        UUID owner = caller.userId();
        return pool.withTransaction(transaction -> give(transaction, UUID.fromString(id), owner, email.get()))
                .map(outcome -> outcome == GiftOutcome.ACCEPTED
                        ? Response.status(ACCEPTED).build()
                        : Problem.response(outcome.refusal()));
    }

    private Uni<GiftOutcome> give(SqlConnection transaction, UUID voucher, UUID owner, String email) {
        Instant now = clock.instant();
        return store.countOfDay(transaction, owner, now)
                .chain(mails -> mails >= config.perDay()
                        ? Uni.createFrom().item(GiftOutcome.TOO_MANY)
                        : store.give(transaction, voucher, owner, email, now)
                                .chain(given -> given
                                        ? Uni.createFrom().item(GiftOutcome.ACCEPTED)
                                        : store.isOwned(transaction, voucher, owner)
                                                .map(owned ->
                                                        owned ? GiftOutcome.ALREADY_REVEALED : GiftOutcome.NOT_FOUND)));
    }

    private static Optional<String> email(byte[] body) {
        try {
            JsonNode email = READER.readTree(body).path("email");
            return Optional.ofNullable(email.textValue())
                    .filter(text -> text.length() <= EMAIL_LENGTH_MAX
                            && EMAIL.matcher(text).matches());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isUuid(String id) {
        try {
            UUID.fromString(id);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Uni<Response> problem(ErrorCode code) {
        return Uni.createFrom().item(Problem.response(code));
    }
}
