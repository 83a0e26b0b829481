package dev.quittance.ingest.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives the framework's own refusals, and our bugs, the same shape as every other error. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal) {
        Response.StatusType status = refusal.getResponse().getStatusInfo();
        String code = status.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return new Problem(status.getStatusCode(), code, status.getReasonPhrase() + ".")
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException bug) {
        LOG.error("errorCode=internal_error", bug);
        return Problem.internal().response().build();
    }
}
