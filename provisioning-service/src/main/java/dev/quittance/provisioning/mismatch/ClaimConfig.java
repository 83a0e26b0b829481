package dev.quittance.provisioning.mismatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How buyers are asked to prove a mailbox. */
@ConfigMapping(prefix = "quittance.claims")
public interface ClaimConfig {
    /** The page that takes the token, ending where it is to stand. Without it nothing is mailed and operators decide alone. */
    Optional<String> link();

    /** How long a token is good for. */
    @WithDefault("7d")
    Duration lifetime();

    /** How long the job rests when there is nothing to send. */
    @WithDefault("5s")
    Duration idle();

    /** How long after a mail that could not be sent the next one is tried. */
    @WithDefault("5m")
    Duration retryAfter();

    /** Most mails that are tried for one purchase. */
    @WithDefault("5")
    int attemptsMax();
}
