package dev.quittance.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator may set; application.properties maps the environment's names to these. */
@ConfigMapping(prefix = "quittance.ingest")
public interface IngestConfig {
    /** The endpoint's signing secrets, comma separated: several at once while one is rolled. */
    Optional<String> webhookSecrets();

    /** Whether this is the live environment; events of the other one are set aside. */
    @WithDefault("false")
    boolean livemode();

    /** How long an answer may wait for the broker. Stripe and every proxy between wait longer. */
    @WithDefault("8s")
    Duration acknowledgeTimeout();

    /** What a refused sender is told to wait. */
    @WithDefault("30s")
    Duration retryAfter();

    /** Records that may be under way to the broker at once; more are refused. Below the connector's own 1024. */
    @WithDefault("1000")
    int inFlightRecordsMax();

    /** Their bytes; below the producer's buffer, in which a send would wait instead of failing. */
    @WithDefault("16777216")
    int inFlightBytesMax();

    /** How long the readiness check waits for the broker. */
    @WithDefault("2s")
    Duration readinessTimeout();
}
