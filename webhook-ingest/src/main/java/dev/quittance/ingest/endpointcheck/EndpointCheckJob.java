package dev.quittance.ingest.endpointcheck;

import dev.quittance.contracts.stripe.StripeEndpoint;
import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.stripe.StripeApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Asks Stripe, says by a metric how much is wrong, and keeps each answer that is another than the one before. */
@Startup
@ApplicationScoped
class EndpointCheckJob {
    private static final Logger LOG = Logger.getLogger(EndpointCheckJob.class);
    /** More than Stripe lets an account have. */
    private static final String ENDPOINTS_MAX = "100";

    private final StripeApi stripe;
    private final EndpointCheckStore store;
    private final EndpointCheckConfig config;
    private final InstantSource clock;
    private final boolean livemode;
    private final AtomicInteger findings = new AtomicInteger();

    EndpointCheckJob(
            StripeApi stripe,
            EndpointCheckStore store,
            EndpointCheckConfig config,
            IngestConfig ingest,
            InstantSource clock,
            MeterRegistry metrics) {
        this.stripe = stripe;
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.livemode = ingest.livemode();
        metrics.gauge("endpoint.check.findings", findings);
    }

    @Scheduled(
            every = "${quittance.endpoint-check.every:1h}",
            delayed = "${quittance.endpoint-check.delay:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return stripe.canAsk()
                ? check().replaceWithVoid().onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    Uni<EndpointCheck> check() {
        return stripe.get("/v1/webhook_endpoints", Map.of("limit", ENDPOINTS_MAX))
                .map(answer -> EndpointCheck.of(
                        clock.instant(),
                        StripeEndpoint.readList(answer),
                        config.url().orElse(""),
                        livemode))
                .onFailure(StripeApi.Unanswered.class)
                .recoverWithItem(
                        failure -> EndpointCheck.unanswered(clock.instant(), String.valueOf(failure.getMessage())))
                .invoke(this::tell)
                .call(store::keep);
    }

    private void tell(EndpointCheck check) {
        findings.set(check.findings().size());
        if (!check.findings().isEmpty()) {
            LOG.warnf("outcome=endpoint-wrong errorCode=%s", check.codes());
        }
    }
}
