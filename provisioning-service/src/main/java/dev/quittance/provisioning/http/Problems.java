package dev.quittance.provisioning.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Writes every refusal as a problem. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private record Body(String type, String title, int status, String detail, String code) {}

    @ServerExceptionMapper
    Response problem(Problem problem) {
        return write(problem.status(), problem.code(), Objects.requireNonNull(problem.getMessage()));
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthorized(UnauthorizedException refusal) {
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response authenticationFailed(AuthenticationFailedException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException invalid && invalid.hasExpired()) {
                return challenge(write(401, "TOKEN_EXPIRED", "The bearer token has expired."));
            }
        }
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException refusal) {
        return write(403, "FORBIDDEN", "The token's role may not do this.");
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException refusal) {
        return write(404, "NOT_FOUND", "There is nothing here.");
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException refusal) {
        return write(405, "METHOD_NOT_ALLOWED", "This cannot be done here.");
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        return switch (status) {
            case 406 -> write(status, "NOT_ACCEPTABLE", "The answer cannot be given in that form.");
            case 413 -> write(status, "BODY_TOO_LARGE", "The body is too large.");
            case 415 -> write(status, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
            default -> status >= 500 ? unexpected(refusal) : write(status, "BAD_REQUEST", "This cannot be understood.");
        };
    }

    @ServerExceptionMapper
    Response unexpected(Exception failure) {
        LOG.errorf(failure, "outcome=failed errorCode=%s", failure.getClass().getSimpleName());
        return write(500, "INTERNAL", "The request failed; it may be sent again.");
    }

    private static Response unauthenticated() {
        return challenge(write(401, "UNAUTHENTICATED", "A valid bearer token is needed."));
    }

    private static Response challenge(Response refusal) {
        return Response.fromResponse(refusal)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    /** 422 is the one that JAX-RS has no name for. */
    private static Response write(int status, String code, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Unprocessable Content" : known.getReasonPhrase();
        return Response.status(status)
                .type("application/problem+json")
                .entity(new Body("about:blank", title, status, detail, code))
                .build();
    }
}
