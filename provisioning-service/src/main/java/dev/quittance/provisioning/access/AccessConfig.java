package dev.quittance.provisioning.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** The merchant's policies of access. */
@ConfigMapping(prefix = "quittance.access")
public interface AccessConfig {
    /** How long access goes on when a renewal is not paid, from the period's end or the first failure. */
    @WithDefault("P7D")
    Duration grace();

    /** Whether access is held while the collection of payments is paused. */
    @WithDefault("true")
    boolean holdWhilePaused();

    /** Why a payment must be in doubt for access to be held, as PaymentHeld says it. */
    @WithDefault("dispute")
    Set<String> holdFor();

    /** How many subscriptions of one user may give a trial. */
    @WithDefault("1")
    int trialsPerUser();

    /** How many trials one card may give, whoever's it is. */
    @WithDefault("1")
    int trialsPerCard();

    /** How often it is looked for access that ended with time. */
    @WithDefault("15s")
    Duration reviewEvery();

    /** Most accounts that one look changes. */
    @WithDefault("500")
    int reviewBatch();

    /** As the rules take them. */
    default Policy policy() {
        return new Policy(grace(), holdWhilePaused(), holdFor(), trialsPerUser(), trialsPerCard());
    }
}
