package dev.quittance.voucher.problem;

import dev.quittance.foundation.failure.Failures;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.TimeoutException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever goes wrong in a request ends as a problem document; nothing of the failure's text goes out. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    @Priority(Priorities.AUTHENTICATION)
    Response unauthenticated() {
        return Problem.response(ErrorCode.UNAUTHENTICATED);
    }

    @ServerExceptionMapper(ForbiddenException.class)
    @Priority(Priorities.AUTHORIZATION)
    Response forbidden() {
        return Problem.response(ErrorCode.FORBIDDEN);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return status >= CLIENT_ERRORS && status < SERVER_ERRORS
                ? Problem.response(ErrorCode.REQUEST_NOT_ACCEPTED, status, null)
                : internal(failure);
    }

    @ServerExceptionMapper
    Response failed(Throwable failure) {
        if (failure instanceof TimeoutException || Failures.isTransient(failure)) {
            LOG.warnf("outcome=unavailable errorCode=%s", Failures.code(failure));
            return Problem.response(ErrorCode.UNAVAILABLE);
        }
        return internal(failure);
    }

    private static Response internal(Throwable failure) {
        LOG.errorf(failure, "outcome=failed errorCode=%s", Failures.code(failure));
        return Problem.response(ErrorCode.INTERNAL);
    }
}
