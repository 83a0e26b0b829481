package dev.quittance.billing.overpayment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the merchant wants done with money that came a second time. */
@ConfigMapping(prefix = "quittance.billing")
public interface OverpaymentConfig {
    /** The policy. */
    enum Policy {
        /** It waits in suspense for an operator. */
        HOLD,
        /** It is given back without anybody asking. */
        REFUND
    }

    @WithDefault("hold")
    Policy overpayment();

    /** How often is looked for it; read by the scheduler, for which it may be {@code off}. */
    @WithDefault("15s")
    String overpaymentEvery();

    /** How long it is let be first: somebody may be giving it back by hand. */
    @WithDefault("1m")
    Duration overpaymentGrace();

    /** Most purchases of one transaction. */
    @WithDefault("20")
    int overpaymentBatch();
}
