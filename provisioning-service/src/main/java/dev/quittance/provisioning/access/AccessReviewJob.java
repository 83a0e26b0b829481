package dev.quittance.provisioning.access;

import dev.quittance.messaging.inbox.Failures;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Tells of access that ends with time: no event says so, and nobody may ask. Pods share the work by locking rows. */
@ApplicationScoped
public class AccessReviewJob {
    private static final Logger LOG = Logger.getLogger(AccessReviewJob.class);

    private final AccessReviewHandler handler;
    private final AccessConfig config;
    private final Vertx vertx;
    private volatile boolean running;

    AccessReviewJob(AccessReviewHandler handler, AccessConfig config, Vertx vertx) {
        this.handler = handler;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        running = true;
        turnLater();
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    private void turnLater() {
        if (running) {
            vertx.setTimer(config.reviewEvery().toMillis(), _ -> turn());
        }
    }

    private void turn() {
        // The loop's one subscription: it ends in the next turn, whatever comes of this one.
        handler.reviewDue().subscribe().with(_ -> turnLater(), failure -> {
            LOG.warnf("outcome=review-waits errorCode=%s", Failures.code(failure));
            turnLater();
        });
    }
}
