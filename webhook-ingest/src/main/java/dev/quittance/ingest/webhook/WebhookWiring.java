package dev.quittance.ingest.webhook;

import dev.quittance.ingest.config.IngestConfig;
import dev.quittance.ingest.config.WebhookSecrets;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the rules from the configuration. At start, so that a service that could not verify never takes a request. */
@Dependent
final class WebhookWiring {
    /** Before the scheduler and the channels: what refuses to start has nothing to stop. */
    private static final int FIRST = -1;

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @Startup(FIRST)
    DeliveryRules rules(IngestConfig config, SignatureVerifier verifier) {
        return new DeliveryRules(verifier, config.livemode());
    }

    @Produces
    @Singleton
    SignatureVerifier verifier(IngestConfig config) {
        return new SignatureVerifier(
                WebhookSecrets.parse(config.webhookSecrets().orElse("")));
    }
}
