package dev.quittance.billing.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the journal is sealed. */
@ConfigMapping(prefix = "quittance.seal")
public interface SealConfig {
    /** Entries are sealed after one to two of these; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("5s")
    String every();

    /** Most entries of one block. */
    @WithDefault("5000")
    int blockEntries();

    /** Most blocks of one turn, and of one transaction. */
    @WithDefault("10")
    int blocks();
}
