package dev.quittance.billing.problem;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception into a problem; a message of ours never quotes the request. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException exception) {
        return Problem.UNAUTHENTICATED.response();
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException exception) {
        return Problem.UNAUTHENTICATED.response();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException exception) {
        return Problem.FORBIDDEN.response();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException exception) {
        Response response = exception.getResponse();
        return response.hasEntity()
                ? response
                : Problem.of(response.getStatus()).response();
    }

    @ServerExceptionMapper
    Response anythingElse(Throwable exception) {
        if (Failures.isTransient(exception)) {
            return Problem.UNAVAILABLE.response();
        }
        LOG.errorf(exception, "errorCode=%s", Problem.INTERNAL);
        return Problem.INTERNAL.response();
    }
}
