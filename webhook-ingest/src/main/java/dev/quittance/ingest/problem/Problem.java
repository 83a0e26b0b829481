package dev.quittance.ingest.problem;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/**
 * An error as RFC 9457 writes it. Neither detail nor code ever quotes what was sent.
 *
 * @param code stable, the same in the answer, the metric and the alert
 */
public record Problem(int status, String code, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    public Problem {
        Objects.requireNonNull(code, "code is null");
        Objects.requireNonNull(detail, "detail is null");
    }

    public static Problem badRequest(String code, String detail) {
        return new Problem(BAD_REQUEST, code, detail);
    }

    /** For what nobody expected: says nothing about the inside. */
    public static Problem internal() {
        return new Problem(SERVER_ERROR, "internal_error", "Something went wrong here.");
    }

    public static Problem notFound() {
        return new Problem(NOT_FOUND, "not_found", "There is nothing here.");
    }

    public static Problem conflict(String code, String detail) {
        return new Problem(CONFLICT, code, detail);
    }

    public WebApplicationException exception() {
        return new WebApplicationException(response().build());
    }

    public String json() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new JsonObject()
                .put("type", "urn:quittance:problem:" + code)
                .put("title", known == null ? "Error" : known.getReasonPhrase())
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .encode();
    }

    public Response.ResponseBuilder response() {
        return Response.status(status).type(MEDIA_TYPE).entity(json());
    }
}
