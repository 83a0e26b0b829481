package dev.quittance.billing.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often, and how far back, Stripe is compared with. */
@ConfigMapping(prefix = "quittance.reconciliation")
public interface ReconciliationConfig {
    /** How often a run is begun by itself; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("24h")
    String every();

    /** How long after the start the first one is begun; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("10m")
    String delay();

    /** How often is looked for runs that are to go on; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("2s")
    String turn();

    /** How far back a run of its own accord looks. */
    @WithDefault("3d")
    Duration window();

    /** What is newer than this may not have reached us yet. */
    @WithDefault("1h")
    Duration grace();

    /** After how long without a verdict Stripe is asked about a dispute, once a day. */
    @WithDefault("7d")
    Duration disputesOverdue();

    /** How long a taken run is left to the process that took it; longer than a page may take. */
    @WithDefault("2m")
    Duration lease();

    /** The longest pause before a page that failed is asked again. */
    @WithDefault("5m")
    Duration backoffMax();
}
