package dev.quittance.billing.lookup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How Stripe is asked. */
@ConfigMapping(prefix = "quittance.stripe")
public interface LookupConfig {
    /** Without a key nothing is asked; what would be stays in the table. */
    Optional<String> apiKey();

    /** Another address than Stripe's own. */
    Optional<String> apiBase();

    /**
     * Up to how much a payment with an early fraud warning is given back unasked, in its currency's smallest unit; zero for
     * never. What a dispute costs beside the payment.
     */
    @WithDefault("1500")
    long warningRefundMax();

    @WithDefault("5s")
    Duration connectTimeout();

    @WithDefault("20s")
    Duration readTimeout();

    /** Most questions of one turn, and of one transaction. */
    @WithDefault("50")
    int lookupBatch();

    /** Most questions at the same time. */
    @WithDefault("8")
    int lookupConcurrency();

    /** How long the job rests when nothing is due and nobody woke it. */
    @WithDefault("1s")
    Duration lookupIdle();

    /** How long a taken question is left to the process that took it; longer than a whole turn may last. */
    @WithDefault("5m")
    Duration lookupLease();

    /** The longest pause before a question that failed is asked again. */
    @WithDefault("15m")
    Duration lookupBackoffMax();
}
