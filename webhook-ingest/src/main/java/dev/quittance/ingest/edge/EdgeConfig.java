package dev.quittance.ingest.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is taken from who proves nothing. */
@ConfigMapping(prefix = "quittance.edge")
public interface EdgeConfig {
    /** Requests without a valid signature from one address in one window; 0 sets no limit. */
    @WithDefault("600")
    int unsignedMax();

    @WithDefault("1m")
    Duration window();

    /** How long is waited for Redis; after that the request goes on. */
    @WithDefault("100ms")
    Duration redisTimeout();
}
