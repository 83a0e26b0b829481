package dev.quittance.ingest.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts what came in. All tags are from closed sets: a sender cannot make new ones. */
@Singleton
final class WebhookMetrics {
    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One delivery, by what was answered. */
    void received(String outcome) {
        registry.counter("webhook.received", "outcome", outcome).increment();
    }

    /** Which secret signed: once the old one stays at rest, it can be taken away. */
    void verified(int secretIndex) {
        registry.counter("webhook.verified", "secret", Integer.toString(secretIndex))
                .increment();
    }
}
