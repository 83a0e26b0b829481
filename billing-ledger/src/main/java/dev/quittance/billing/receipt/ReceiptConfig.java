package dev.quittance.billing.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who receipts purchases. */
@ConfigMapping(prefix = "quittance.receipts")
public interface ReceiptConfig {
    /** Stripe does by itself, when its dashboard says so; otherwise we do. */
    @WithDefault("STRIPE")
    By by();

    /** How often is looked for purchases without one; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("10s")
    String every();

    /** Older purchases than this are not receipted any more, so that switching it on does not write to everybody. */
    @WithDefault("1d")
    Duration window();

    /** How long a receipt is left to the process that took it; longer than sending may take. */
    @WithDefault("2m")
    Duration lease();

    /** Most receipts of one turn. */
    @WithDefault("50")
    int batch();

    /** Whose receipts customers get. */
    enum By {
        STRIPE,
        MAIL
    }
}
