package dev.quittance.billing.problem;

import dev.quittance.foundation.body.BodyLimit;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has whoever sends more than this service takes told so in a problem of ours. */
@ApplicationScoped
class BodyGuard {
    private final BodyLimit limit;

    BodyGuard(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.limit = new BodyLimit(max.asLongValue());
    }

    void watch(@Observes Router router) {
        limit.watch(router);
    }
}
