package dev.quittance.voucher.guessing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much guessing is too much. Whoever redeems what is right is not counted. */
@ConfigMapping(prefix = "quittance.voucher.guessing")
public interface GuessingConfig {
    /** How long an attempt that came to nothing is remembered, of an account and of an address. */
    @WithDefault("10m")
    Duration window();

    /** Most attempts of one account in a window. */
    @WithDefault("20")
    int perAccount();

    /** Most attempts from one address, of IPv6 from one network of 64 bits, in a window. */
    @WithDefault("100")
    int perAddress();

    /** How long all attempts together are counted. */
    @WithDefault("1m")
    Duration globalWindow();

    /** From so many attempts together on, their failures are looked at. */
    @WithDefault("200")
    int globalAttempts();

    /** When more of all attempts fail than this, the limits are tightened for everybody. */
    @WithDefault("50")
    int globalFailuresPercent();

    /** What the limits are divided by then: nobody is locked out because of others. */
    @WithDefault("4")
    int tightening();

    /** Redis is not waited for longer than this. */
    @WithDefault("250ms")
    Duration redisTimeout();

    /** How long Postgres counts once Redis did not answer. */
    @WithDefault("5s")
    Duration redisPause();
}
