package dev.quittance.telemetry.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where spans go, and of how many traces. */
@ConfigMapping(prefix = "quittance.tracing")
public interface TracingConfig {
    /** A collector's address for OTLP over HTTP; {@code /v1/traces} is added. Without it there are no spans. */
    Optional<URI> endpoint();

    /** The share of the traces that begin here and are recorded. Whoever sends a trace of their own has decided already. */
    @WithDefault("1")
    double ratio();
}
