package dev.quittance.ingest.backfill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Stripe's lists are gone through. */
@ConfigMapping(prefix = "quittance.backfill")
public interface BackfillConfig {
    /** How often is looked for backfills that are to go on; read by the scheduler. */
    @WithDefault("1s")
    String turn();

    /** Between two pages, so that what is live finds its place at Stripe and at the broker. */
    @WithDefault("100ms")
    Duration pause();

    /** How long a taken backfill is left to the process that took it; longer than a page may take. */
    @WithDefault("2m")
    Duration lease();

    /** The longest pause before a page that failed is asked for again. */
    @WithDefault("5m")
    Duration backoffMax();
}
