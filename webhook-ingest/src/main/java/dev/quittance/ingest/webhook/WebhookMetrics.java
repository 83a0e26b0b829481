package dev.quittance.ingest.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what came in. All tags are from closed sets: a sender cannot make new ones. */
@Singleton
final class WebhookMetrics {
    private final MeterRegistry registry;
    private final AtomicLong clockDifference = new AtomicLong();

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("webhook.clock.difference.seconds", clockDifference);
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

    /** Between the last signature's time and ours: far from 0 means that a clock is wrong, and 300 that all will be refused. */
    void clockDiffers(long seconds) {
        clockDifference.set(seconds);
    }
}
