package dev.quittance.ingest.stripe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How Stripe is asked. */
@ConfigMapping(prefix = "quittance.stripe")
public interface StripeConfig {
    /** May be restricted to reading events. Without one nothing is asked, and webhooks are taken all the same. */
    Optional<String> apiKey();

    @WithDefault("https://api.stripe.com")
    String apiBase();

    @WithDefault("5s")
    Duration connectTimeout();

    @WithDefault("30s")
    Duration readTimeout();
}
