package dev.quittance.voucher.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.foundation.body.Takes;
import dev.quittance.foundation.body.Takes.Field;
import dev.quittance.foundation.body.Takes.Kind;
import dev.quittance.voucher.batch.BatchOutcome.Accepted;
import dev.quittance.voucher.batch.BatchOutcome.Downloaded;
import dev.quittance.voucher.batch.BatchOutcome.Refused;
import dev.quittance.voucher.batch.ImportRules.Import;
import dev.quittance.voucher.caller.Caller;
import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Batches over HTTP, for operators. */
@Path("/api/admin/vouchers/batches")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
class BatchResource {
    private static final int UUID_LENGTH = 36;
    private static final int BODY_BYTES_MAX = 64 * 1_024;
    private static final String COORDINATE = "^[A-Za-z0-9_-]{43}$";
    private static final int ACCEPTED = 202;
    private static final String CSV = "text/csv";

    private final BatchHandler handler;
    private final ImportHandler imports;
    private final BatchStore store;
    private final ExportKey signer;
    private final BatchConfig config;
    private final Caller caller;

    BatchResource(
            BatchHandler handler,
            ImportHandler imports,
            BatchStore store,
            ExportKey signer,
            BatchConfig config,
            Caller caller) {
        this.handler = handler;
        this.imports = imports;
        this.store = store;
        this.signer = signer;
        this.config = config;
        this.caller = caller;
    }

    /** @param next what to ask {@code after} for the next page; absent on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchPage(List<Batch> batches, @Nullable UUID next) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VoucherPage(
            List<BatchVoucherView> vouchers, @Nullable Integer next) {}

    record SigningKey(@JsonRawValue String key) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes({
        @Field(value = "name", pattern = NewBatch.NAME, max = NewBatch.NAME_MAX, example = "Spring fair"),
        @Field(value = "channel", optional = true, pattern = NewBatch.NAME, max = NewBatch.NAME_MAX, example = "booth"),
        @Field(value = "size", kind = Kind.WHOLE, max = NewBatch.SIZE_MAX, example = "1000"),
        @Field(value = "uses", kind = Kind.WHOLE, optional = true, max = NewBatch.USES_MAX, example = "1"),
        @Field(
                value = "months",
                kind = Kind.WHOLE,
                optional = true,
                min = 0,
                max = VoucherTerm.MONTHS_MAX,
                example = "1"),
        @Field(value = "days", kind = Kind.WHOLE, optional = true, min = 0, max = VoucherTerm.DAYS_MAX, example = "0"),
        @Field(value = "expiresAt", optional = true, format = "date-time", example = "2030-01-01T00:00:00Z")
    })
    public Uni<Response> create(byte @Nullable [] body) {
        return switch (NewBatch.read(bytes(body))) {
            case NewBatch.Invalid(String detail) -> problem(ErrorCode.REQUEST_INVALID, detail);
            case NewBatch.Asked asked -> handler.create(asked, caller.userId()).map(BatchResource::response);
        };
    }

    @POST
    @Path("/import")
    @Consumes(CSV)
    @Takes(
            raw =
                    "Codes that were made elsewhere, below a line code,months,days: 2,000 of them at most, each with one positive term.",
            bytesMax = BODY_BYTES_MAX)
    public Uni<Response> takeIn(
            byte @Nullable [] body, @RestQuery @Nullable String name, @RestQuery @Nullable String channel) {
        String to = channel == null ? "default" : channel;
        if (name == null || !NewBatch.isName(name) || !NewBatch.isName(to)) {
            return problem(
                    ErrorCode.REQUEST_INVALID, "name and channel are 1 to 100 letters, digits, blanks, dots, dashes");
        }
        return switch (ImportRules.read(new String(bytes(body), StandardCharsets.UTF_8))) {
            case Import.Invalid(int line, String detail) ->
                problem(ErrorCode.REQUEST_INVALID, "line " + line + ": " + detail);
            case Import.Rows(var codes) ->
                imports.take(name, to, codes, caller.userId()).map(BatchResource::response);
        };
    }

    @GET
    public Uni<Response> list(@RestQuery @Nullable String after) {
        @Nullable UUID from = after == null ? null : uuid(after).orElse(null);
        if (after != null && from == null) {
            return problem(ErrorCode.REQUEST_INVALID, "after is not a batch's id");
        }
        return store.list(from, config.pageSize() + 1).map(found -> {
            boolean more = found.size() > config.pageSize();
            List<Batch> page = more ? found.subList(0, config.pageSize()) : found;
            return ok(new BatchPage(page, more ? page.getLast().id() : null));
        });
    }

    @GET
    @Path("/signing-key")
    public Response signingKey() {
        return ok(new SigningKey(signer.publicJwk()));
    }

    @GET
    @Path("/{id}")
    public Uni<Response> find(@PathParam("id") String id) {
        return of(
                id,
                batch -> handler.found(batch, found -> Uni.createFrom().item(new Accepted(found)))
                        .map(outcome -> outcome instanceof Accepted(Batch found) ? ok(found) : response(outcome)));
    }

    @POST
    @Path("/{id}/activate")
    public Uni<Response> activate(@PathParam("id") String id) {
        return of(
                id,
                batch -> handler.begin(batch, BatchStatus.ACTIVATING, caller.userId())
                        .map(BatchResource::response));
    }

    @POST
    @Path("/{id}/void")
    public Uni<Response> voidAll(@PathParam("id") String id) {
        return of(
                id,
                batch -> handler.begin(batch, BatchStatus.VOIDING, caller.userId())
                        .map(BatchResource::response));
    }

    /** The body is the recipient's public key, a JSON Web Key on P-256. */
    @POST
    @Path("/{id}/download")
    @Consumes(MediaType.APPLICATION_JSON)
    @Takes(
            value = {
                @Field(value = "kty", words = "EC"),
                @Field(value = "crv", words = "P-256"),
                @Field(
                        value = "x",
                        pattern = COORDINATE,
                        min = 43,
                        max = 43,
                        example = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"),
                @Field(
                        value = "y",
                        pattern = COORDINATE,
                        min = 43,
                        max = 43,
                        example = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")
            },
            byLibrary = true)
    public Uni<Response> download(@PathParam("id") String id, byte @Nullable [] recipientKey) {
        @Nullable PublicKey recipient = Export.recipient(new String(bytes(recipientKey), StandardCharsets.UTF_8));
        return recipient == null
                ? problem(ErrorCode.REQUEST_INVALID, "the body is not a public JSON Web Key on P-256")
                : of(
                        id,
                        batch -> handler.download(batch, recipient, caller.userId())
                                .map(BatchResource::response));
    }

    @GET
    @Path("/{id}/vouchers")
    public Uni<Response> vouchers(@PathParam("id") String id, @RestQuery @Nullable Integer after) {
        return of(
                id,
                uuid -> store.find(uuid)
                        .chain(batch -> batch.isEmpty()
                                ? problem(ErrorCode.BATCH_NOT_FOUND, "no batch has this id")
                                : store.vouchers(batch.get(), after == null ? 0 : after, config.pageSize() + 1)
                                        .map(this::page)));
    }

    private Response page(List<BatchVoucherView> found) {
        boolean more = found.size() > config.pageSize();
        List<BatchVoucherView> page = more ? found.subList(0, config.pageSize()) : found;
        return ok(new VoucherPage(page, more ? page.getLast().unit() : null));
    }

    private static Uni<Response> of(String id, Function<UUID, Uni<Response>> work) {
        return uuid(id).map(work).orElseGet(() -> problem(ErrorCode.BATCH_NOT_FOUND, "no batch has this id"));
    }

    private static Response response(BatchOutcome outcome) {
        return switch (outcome) {
            case Accepted(Batch batch) ->
                Response.status(ACCEPTED)
                        .entity(batch)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build();
            case Refused(ErrorCode code, String detail) -> Problem.response(code, detail);
            case Downloaded(String jose, int part, int parts) ->
                Response.ok(jose, "application/jose")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Quittance-Part", part + "/" + parts)
                        .build();
        };
    }

    private static Response ok(Object entity) {
        return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Uni<Response> problem(ErrorCode code, String detail) {
        return Uni.createFrom().item(Problem.response(code, detail));
    }

    private static byte[] bytes(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == UUID_LENGTH ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
