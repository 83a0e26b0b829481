package dev.quittance.ingest.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.VertxException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives the framework's own refusals, and our bugs, the same shape as every other error. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Problem UNAUTHENTICATED =
            new Problem(401, "unauthenticated", "A valid bearer token is needed.");
    private static final Problem FORBIDDEN = new Problem(403, "forbidden", "The token's role may not do this.");
    private static final Problem UNAVAILABLE = new Problem(503, "unavailable", "Try again in a moment.");

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException refusal) {
        return UNAUTHENTICATED.response().build();
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException refusal) {
        return UNAUTHENTICATED.response().build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException refusal) {
        return FORBIDDEN.response().build();
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal) {
        if (refusal.getResponse().hasEntity()) {
            return refusal.getResponse();
        }
        Response.StatusType status = refusal.getResponse().getStatusInfo();
        String code = status.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return new Problem(status.getStatusCode(), code, status.getReasonPhrase() + ".")
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        if (isOfWhatWeAsk(failure)) {
            LOG.warnf(
                    "errorCode=%s cause=%s",
                    UNAVAILABLE.code(), failure.getClass().getSimpleName());
            return UNAVAILABLE.response().build();
        }
        LOG.error("errorCode=internal_error", failure);
        return Problem.internal().response().build();
    }

    /** The database or the network, and not a bug of ours. */
    private static boolean isOfWhatWeAsk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof VertxException
                    || cause instanceof java.util.concurrent.TimeoutException
                    || cause instanceof io.smallrye.mutiny.TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
