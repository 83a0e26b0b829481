package dev.quittance.voucher.template;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import dev.quittance.voucher.caller.Caller;
import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Templates over HTTP, for operators. */
@Path("/api/admin/vouchers/templates")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
class TemplateResource {
    private static final int VALID_DAYS_MAX = 36_600;
    private static final Set<String> ORIGINS = Set.of("purchase", "subscription");
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build()
            .readerFor(Template.class);

    private final Pool pool;
    private final TemplateStore store;
    private final Caller caller;
    private final InstantSource clock;

    TemplateResource(Pool pool, TemplateStore store, Caller caller, InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    public Uni<Response> list() {
        return store.all(pool).map(templates -> Response.ok(templates).build());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(
            value = {
                @Field(
                        value = "origin",
                        words = {"purchase", "subscription"}),
                @Field(
                        value = "months",
                        kind = Kind.WHOLE,
                        optional = true,
                        min = 0,
                        max = VoucherTerm.MONTHS_MAX,
                        example = "1"),
                @Field(
                        value = "days",
                        kind = Kind.WHOLE,
                        optional = true,
                        min = 0,
                        max = VoucherTerm.DAYS_MAX,
                        example = "0"),
                @Field(
                        value = "delivery",
                        words = {"hand-out", "redeem"}),
                @Field(value = "validDays", kind = Kind.WHOLE, optional = true, max = VALID_DAYS_MAX, example = "365")
            },
            byLibrary = true)
    public Uni<Response> put(byte @Nullable [] body) {
        Optional<Template> template = read(body == null ? new byte[0] : body);
        return template.isEmpty()
                ? Uni.createFrom()
                        .item(Problem.response(
                                ErrorCode.REQUEST_INVALID,
                                "origin is purchase or subscription, delivery hand-out or redeem, validDays positive"))
                : store.put(pool, template.get(), caller.userId().toString(), clock.instant())
                        .map(_ -> Response.ok(template.get()).build());
    }

    private static Optional<Template> read(byte[] body) {
        try {
            @Nullable Template template = READER.readValue(body);
            return Optional.ofNullable(template).filter(TemplateResource::isValid);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("ConstantValue") // Jackson leaves null what is not there.
    private static boolean isValid(Template template) {
        @Nullable Integer valid = template.validDays();
        boolean isDefault = template.months() == 0 && template.days() == 0;
        return template.origin() != null
                && ORIGINS.contains(template.origin())
                && template.delivery() != null
                && (isDefault || VoucherTerm.isValid(template.months(), template.days()))
                && (valid == null || (valid > 0 && valid <= VALID_DAYS_MAX));
    }
}
