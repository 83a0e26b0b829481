package dev.quittance.ingest.endpointcheck;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** When and for which endpoint Stripe is asked. */
@ConfigMapping(prefix = "quittance.endpoint-check")
public interface EndpointCheckConfig {
    /** Where Stripe posts to, as it has it. Without it every endpoint with our path counts. */
    Optional<String> url();

    /** Read by the scheduler, for which it may be {@code off}. */
    @WithDefault("1h")
    String every();

    /** After its start; read by the scheduler. */
    @WithDefault("1m")
    String delay();
}
