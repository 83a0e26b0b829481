package dev.quittance.billing.sales;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is looked for to tell of sales. */
@ConfigMapping(prefix = "quittance.sales")
public interface SalesConfig {
    /** How often carts are looked through; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("5m")
    String cartsEvery();

    /** For so long nobody has touched a cart that counts as left. */
    @WithDefault("24h")
    Duration untouched();
}
