package dev.quittance.billing.expiry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long what was granted can be used. Without a duration it never expires, which is the default. */
@ConfigMapping(prefix = "quittance.expiry")
public interface ExpiryConfig {
    /** How long points last, in whole days. */
    Optional<Duration> points();

    /** How long credits last, in whole days. */
    Optional<Duration> credits();

    /** How often is looked for what is over; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("1h")
    String every();

    /** Most users of one transaction. */
    @WithDefault("100")
    int batch();
}
