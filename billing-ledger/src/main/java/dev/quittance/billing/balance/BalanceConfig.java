package dev.quittance.billing.balance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How balances are kept beside the books. */
@ConfigMapping(prefix = "quittance.balance")
public interface BalanceConfig {
    /** How long a balance is kept that nobody changes. */
    @WithDefault("10m")
    Duration cacheTtl();

    /** How long Redis is waited for; Postgres knows it too. */
    @WithDefault("150ms")
    Duration cacheTimeout();

    /** How long Redis is left alone by readers after it did not answer. */
    @WithDefault("1s")
    Duration cachePause();

    /** The longest pause between two tries to write what was heard. */
    @WithDefault("5s")
    Duration cacheBackoffMax();

    /** Most writes at the same time. */
    @WithDefault("16")
    int cacheConcurrency();

    /** How often what is kept is compared with the books; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("15m")
    String resyncEvery();

    /** Most balances that are compared at once. */
    @WithDefault("500")
    int resyncPage();
}
