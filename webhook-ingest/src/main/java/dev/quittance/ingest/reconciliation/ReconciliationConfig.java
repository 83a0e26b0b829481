package dev.quittance.ingest.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When the log is compared with Stripe's list, of its own accord. */
@ConfigMapping(prefix = "quittance.reconciliation")
public interface ReconciliationConfig {
    /** How often Stripe is asked for what it could not deliver; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("10m")
    String undeliveredEvery();

    /** How often everything of the last hours is compared, since a webhook may be lost though its endpoint answered. */
    @WithDefault("1h")
    String allEvery();

    /** After its start; read by the scheduler. */
    @WithDefault("2m")
    String delay();

    /** How often is looked for runs that are to go on; read by the scheduler. */
    @WithDefault("1s")
    String turn();

    /** Connected accounts whose events are ours to compare too. */
    Optional<List<String>> accounts();

    /** How far back the comparison of everything looks. */
    @WithDefault("3h")
    Duration allWindow();

    /** As far back as Stripe's list goes. */
    @WithDefault("30d")
    Duration undeliveredWindow();

    /** What is newer than this may be on its way. */
    @WithDefault("5m")
    Duration grace();

    /** How long a taken run is left to the process that took it; longer than a page may take. */
    @WithDefault("2m")
    Duration lease();

    /** The longest pause before a page that failed is asked for again. */
    @WithDefault("5m")
    Duration backoffMax();
}
