package dev.quittance.billing.fulfilment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How what was bought reaches its buyer. */
@ConfigMapping(prefix = "quittance.fulfilment")
public interface FulfilmentConfig {
    /** What links are signed with, the same in every process; without one each process takes its own, and links die with it. */
    Optional<String> downloadKey();

    /** How long a link works; the buyer may have a new one at any time. */
    @WithDefault("1d")
    Duration linkLife();

    /** How often a thing may be fetched. */
    @WithDefault("10")
    int downloadsMax();

    /** What stands before a link. */
    @WithDefault("http://localhost:8080")
    String publicUrl();

    /** Whether buyers are written to about their orders. */
    @WithDefault("false")
    boolean mails();

    /** How often is looked for letters to send; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("10s")
    String mailEvery();

    /** Most letters of one turn. */
    @WithDefault("50")
    int mailBatch();

    /** How long a letter is left to the process that took it; longer than sending may take. */
    @WithDefault("2m")
    Duration mailLease();
}
