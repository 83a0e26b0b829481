package dev.quittance.voucher.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How batches are worked on. */
@ConfigMapping(prefix = "quittance.voucher.batch")
public interface BatchConfig {
    /** Codes of one transaction. */
    @WithDefault("5000")
    int chunk();

    /** Most codes of one download. */
    @WithDefault("100000")
    int downloadPart();

    /** Most rows on one page of a list. */
    @WithDefault("200")
    int pageSize();
}
