package dev.quittance.provisioning.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How Stripe is asked. */
@ConfigMapping(prefix = "quittance.stripe")
public interface StripeConfig {
    /** Without a key no customer is made, and what would be told waits in the table. */
    Optional<String> apiKey();

    /** Another address than Stripe's own. */
    Optional<String> apiBase();

    @WithDefault("5s")
    Duration connectTimeout();

    @WithDefault("20s")
    Duration readTimeout();

    /** Customers of one page of the backfill or the check: Stripe allows 25 calls in a second. */
    @WithDefault("25")
    int pageMax();

    /** Most changes that one turn tells. */
    @WithDefault("20")
    int pushBatch();

    /** How long the job rests when there is nothing to tell. */
    @WithDefault("2s")
    Duration pushIdle();

    /** How long a taken change is left to the process that took it, and the shortest pause after a failure. */
    @WithDefault("1m")
    Duration pushLease();

    /** The longest pause before a change that failed is told again. */
    @WithDefault("1h")
    Duration pushBackoffMax();
}
