package dev.quittance.billing.refunding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How refunds are asked for again that Stripe did not answer. */
@ConfigMapping(prefix = "quittance.refunds")
public interface RefundConfig {
    /** How often is looked for them; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("15s")
    String every();

    /** How long a request is left to whoever asks; longer than asking may take. */
    @WithDefault("1m")
    Duration lease();

    /** Most requests of one turn. */
    @WithDefault("20")
    int batch();
}
