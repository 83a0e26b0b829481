package dev.quittance.provisioning.access;

import dev.quittance.foundation.loop.Loop;
import dev.quittance.foundation.loop.Pace;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells of access that ends with time: no event says so, and nobody may ask. Pods share the work by locking rows. */
@ApplicationScoped
public class AccessReviewJob {
    private final AccessReviewHandler handler;
    private final Loop loop;

    AccessReviewJob(AccessReviewHandler handler, AccessConfig config, Vertx vertx) {
        this.handler = handler;
        this.loop = new Loop(
                vertx, "review-waits", Pace.idling(config.reviewEvery()).waitingFirst());
    }

    void start(@Observes StartupEvent event) {
        loop.start(() -> handler.reviewDue().replaceWith(false));
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }
}
