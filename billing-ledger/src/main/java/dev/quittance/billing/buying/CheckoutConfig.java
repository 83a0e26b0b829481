package dev.quittance.billing.buying;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How things are bought at Stripe's page. */
@ConfigMapping(prefix = "quittance.checkout")
public interface CheckoutConfig {
    /** How long a page may be paid, and so how long its stock is set aside; Stripe takes half an hour to a day. */
    @WithDefault("31m")
    Duration life();

    /** Where the buyer comes back to; Stripe puts the session's id for its placeholder. */
    @WithDefault("http://localhost:8080/checkout/done?session_id={CHECKOUT_SESSION_ID}")
    String successUrl();

    @WithDefault("http://localhost:8080/cart")
    String cancelUrl();

    /** How long Stripe's answer is waited for, each time it is asked. */
    @WithDefault("10s")
    Duration timeout();

    /** After so many failures in a row buyers are told at once, */
    @WithDefault("5")
    int failuresMax();

    /** and Stripe is tried again after so long. */
    @WithDefault("20s")
    Duration pause();

    /** How often is looked for orders that never got a page; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("1m")
    String abandonedEvery();

    /** Most orders of one turn. */
    @WithDefault("50")
    int abandonedBatch();
}
