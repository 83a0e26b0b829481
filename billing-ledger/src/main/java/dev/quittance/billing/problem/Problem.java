package dev.quittance.billing.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Every error that this service answers with; its name is the stable {@code code}. */
public enum Problem {
    UNAUTHENTICATED(401, "A valid bearer token is needed."),
    FORBIDDEN(403, "The token's role may not do this."),
    SUBJECT_NOT_A_USER(403, "The token's subject is not a user."),
    NOT_FOUND(404, "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "This is not done with this method."),
    BAD_REQUEST(400, "The request is not understood."),
    UNAVAILABLE(503, "Try again in a moment."),
    INTERNAL(500, "Something went wrong on our side.");

    private final int status;
    private final String detail;

    Problem(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** The body, as RFC 9457 has it. */
    public record Body(String type, String title, int status, String detail, String code) {}

    public WebApplicationException exception() {
        return new WebApplicationException(response());
    }

    Response response() {
        String title = Response.Status.fromStatusCode(status).getReasonPhrase();
        return Response.status(status)
                .type("application/problem+json")
                .entity(new Body("about:blank", title, status, detail, name()))
                .build();
    }

    static Problem of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
