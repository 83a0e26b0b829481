package dev.quittance.billing.overpayment;

import java.time.Duration;

/** A merchant who waits for nobody to give it back by hand. */
record EagerConfig(Policy overpayment) implements OverpaymentConfig {
    @Override
    public String overpaymentEvery() {
        return "off";
    }

    @Override
    public Duration overpaymentGrace() {
        return Duration.ZERO;
    }

    @Override
    public int overpaymentBatch() {
        return 500;
    }
}
